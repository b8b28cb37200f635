<?php
// One copy of WordPress serves several installations: the environment says which.

define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:' . getenv('CMS_SOCKET'));
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
define('WP_HOME', getenv('CMS_URL'));
define('WP_SITEURL', getenv('CMS_URL'));
define('UPLOADS', 'wp-content/uploads-' . getenv('CMS_NAME'));
define('WPMU_PLUGIN_DIR', getenv('CMS_PLUGINS'));
define('DISABLE_WP_CRON', true);
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('WP_DEBUG', false);
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $name) {
    define("{$name}_KEY", 'a key for tests');
    define("{$name}_SALT", 'a salt for tests');
}
$table_prefix = getenv('CMS_NAME') . '_';
if (!defined('ABSPATH')) {
    define('ABSPATH', __DIR__ . '/');
}
require_once ABSPATH . 'wp-settings.php';
