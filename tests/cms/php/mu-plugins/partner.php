<?php
// What sites usually add to WordPress by plug-ins: several authors, another canonical address,
// more lines in robots.txt. And the French of the themes, which their packages lack.

foreach (['the_author', 'get_the_author_display_name'] as $filter) {
    add_filter($filter, function ($name) {
        $names = get_the_ID() ? get_post_meta(get_the_ID(), 'authors', true) : '';
        return $names ?: $name;
    });
}
add_filter('get_canonical_url', function ($url, $post) {
    return get_post_meta($post->ID, 'canonical', true) ?: $url;
}, 10, 2);
add_filter('robots_txt', function ($text) {
    // Before the line of the sitemap, which ends the group of rules.
    return preg_replace('~\n(?=\n*Sitemap:|$)~', "\n" . get_option('partner_robots'), $text, 1);
});
add_filter('gettext', function ($translation, $text, $domain) {
    static $french = [
        'Published %s' => 'Publié le %s',
        'By %s' => 'Par %s',
        'Categorized as %s' => 'Classé dans %s',
        'Tagged %s' => 'Étiqueté %s',
        'Next post' => 'Article suivant',
        'Previous post' => 'Article précédent',
    ];
    return str_starts_with($domain, 'twenty') ? $french[$text] ?? $translation : $translation;
}, 10, 3);
