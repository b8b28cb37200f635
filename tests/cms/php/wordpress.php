<?php
// The editor of the WordPress under test: `php wordpress.php ROOT COMMAND`, with a JSON object on
// the standard input and another on the standard output.

[, $root, $command] = $argv;
$_SERVER['HTTP_HOST'] = parse_url(getenv('CMS_URL'), PHP_URL_HOST) . ':' . parse_url(getenv('CMS_URL'), PHP_URL_PORT);
$_SERVER['REQUEST_URI'] = '/';
if ($command === 'install') {
    define('WP_INSTALLING', true);
}
require "$root/wp-load.php";
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/image.php';
wp_set_current_user(1);
$given = json_decode(stream_get_contents(STDIN), true);
echo json_encode($command($given));

function install(array $given): array
{
    wp_install($given['title'], 'redaction', 'redaction@example.org', true, '', 'un mot de passe', 'fr_FR');
    update_option('timezone_string', 'Europe/Paris');
    update_option('date_format', 'j F Y');
    update_option('time_format', 'G \h i \m\i\n');
    update_option('permalink_structure', '/%postname%/');
    update_option('rewrite_rules', '');
    update_option('blogdescription', 'Un journal inventé pour les essais');
    switch_theme($given['theme']);
    foreach (get_posts(['post_type' => ['post', 'page'], 'post_status' => 'any']) as $post) {
        wp_delete_post($post->ID, true);
    }
    return [];
}

function fill(array $given): array
{
    flush_rewrite_rules();
    return array_map('insert', $given['posts']);
}

function insert(array $post): array
{
    $id = wp_insert_post(wp_slash([
        'post_type' => $post['type'],
        'post_status' => $post['status'],
        'post_title' => $post['title'],
        'post_content' => $post['content'],
        'post_excerpt' => $post['excerpt'],
        'post_date' => $post['date'],
        'post_password' => $post['password'],
        'post_author' => author($post['authors'][0] ?? 'La rédaction'),
        'post_category' => $post['section'] ? [wp_create_category($post['section'])] : [],
        'tags_input' => $post['tags'],
    ]), true);
    if (is_wp_error($id)) {
        throw new RuntimeException($id->get_error_message());
    }
    if (count($post['authors']) > 1) {
        update_post_meta($id, 'authors', implode(' et ', $post['authors']));
    }
    if ($post['canonical']) {
        update_post_meta($id, 'canonical', $post['canonical']);
    }
    if ($post['sticky']) {
        stick_post($id);
    }
    if ($post['image']) {
        set_post_thumbnail($id, picture($id, $post['image']));
    }
    foreach ($post['comments'] as $comment) {
        wp_insert_comment(['comment_post_ID' => $id, 'comment_author' => 'Un lecteur', 'comment_content' => $comment, 'comment_approved' => 1]);
    }
    return ['id' => $id, 'url' => get_permalink($id)];
}

function author(string $name): int
{
    $login = sanitize_title($name);
    $known = get_user_by('login', $login);
    return $known ? $known->ID : wp_insert_user(['user_login' => $login, 'user_pass' => 'un mot de passe', 'display_name' => $name, 'role' => 'author']);
}

function picture(int $post, string $caption): int
{
    $image = imagecreatetruecolor(320, 200);
    imagefill($image, 0, 0, imagecolorallocate($image, 40, 90, $post % 255));
    ob_start();
    imagepng($image);
    $upload = wp_upload_bits("photo-$post.png", null, ob_get_clean());
    $id = wp_insert_attachment(['post_title' => "Photo $post", 'post_excerpt' => $caption, 'post_mime_type' => 'image/png'], $upload['file'], $post);
    wp_update_attachment_metadata($id, wp_generate_attachment_metadata($id, $upload['file']));
    return $id;
}

function edit(array $given): array
{
    $content = get_post($given['id'])->post_content . "\n\n" . $given['html'];
    wp_update_post(wp_slash(['ID' => $given['id'], 'post_content' => $content]));
    return ['modified' => get_post_modified_time('c', true, $given['id'])];
}

function delete(array $given): array
{
    wp_trash_post($given['id']);
    return [];
}

function option(array $given): array
{
    update_option($given['name'], $given['value']);
    return [];
}
