"""Hosts: how each is asked, what it allows (robots.txt, rights), when it is left alone."""
