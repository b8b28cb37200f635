"""Which company a name means: what articles say of it, weighed against what the register says."""
