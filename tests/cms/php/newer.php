<?php
// What SPIP's package leaves to the newer PHP of its own release.

if (!function_exists('array_any')) {
    function array_any(array $array, callable $test): bool
    {
        foreach ($array as $key => $value) {
            if ($test($value, $key)) {
                return true;
            }
        }
        return false;
    }
}
