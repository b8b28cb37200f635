<?php
// Answers for the web server that an installation usually stands behind: clean addresses, an
// access log of one JSON object a line, and « come back later » while the file CMS_BUSY says so.

require_once __DIR__ . '/newer.php';
$started = microtime(true);
register_shutdown_function(function () use ($started) {
    $entry = [
        'time' => $started,
        'path' => $_SERVER['REQUEST_URI'],
        'status' => http_response_code() ?: 200,
        'agent' => $_SERVER['HTTP_USER_AGENT'] ?? '',
        'conditional' => isset($_SERVER['HTTP_IF_NONE_MATCH']) || isset($_SERVER['HTTP_IF_MODIFIED_SINCE']),
    ];
    file_put_contents(getenv('CMS_LOG'), json_encode($entry) . "\n", FILE_APPEND | LOCK_EX);
});

// SPIP writes « Http/1.0  404 »: the server in front of an installation says it properly.
header_register_callback(function () {
    header('HTTP/1.1 ' . (http_response_code() ?: 200) . ' Status');
});

$busy = (float) @file_get_contents(getenv('CMS_BUSY'));
if ($busy > $started && $_SERVER['REQUEST_URI'] !== '/robots.txt') {
    http_response_code(429);
    header('Retry-After: ' . (int) ceil($busy - $started));
    exit('Revenez plus tard.');
}

$path = rawurldecode(parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH) ?: '/');
$file = $_SERVER['DOCUMENT_ROOT'] . $path;
if (preg_match(getenv('CMS_CLOSED') ?: '~^$~', $path)) {
    http_response_code(403);
    exit;
}
if ($path !== '/' && is_file($file)) {
    return false;
}
$page = json_decode(getenv('CMS_PAGES') ?: '{}', true)[$path] ?? '';
if ($page) {
    $_GET['page'] = $_REQUEST['page'] = $page;
}
$front = is_file("$file/index.php") && $path !== '/' ? trim($path, '/') . '/index.php' : getenv('CMS_FRONT');
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = "/$front";
$_SERVER['SCRIPT_FILENAME'] = $_SERVER['DOCUMENT_ROOT'] . "/$front";
chdir(dirname($_SERVER['SCRIPT_FILENAME']));
require $_SERVER['SCRIPT_FILENAME'];
