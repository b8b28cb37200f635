<?php
// The editor of the SPIP under test: `php spip.php ROOT COMMAND`, with a JSON object on the
// standard input and another on the standard output.

require_once __DIR__ . '/newer.php';
[, $root, $command] = $argv;
$_SERVER['HTTP_HOST'] = preg_replace(',^https?://,', '', getenv('CMS_URL'));
$_SERVER['REQUEST_URI'] = $_SERVER['SCRIPT_NAME'] = '/spip.php';
$_SERVER['REMOTE_ADDR'] = '127.0.0.1';
$_SERVER['REQUEST_METHOD'] = 'GET';
chdir($root);
require 'vendor/autoload.php';
require 'ecrire/inc_version.php';
foreach (['base/abstract_sql', 'inc/autoriser', 'inc/config', 'inc/rubriques', 'action/editer_objet', 'action/editer_liens'] as $file) {
    include_spip($file);
}
$GLOBALS['visiteur_session'] = sql_fetsel('*', 'spip_auteurs', 'id_auteur=1');
foreach (['article', 'rubrique', 'auteur', 'mot', 'groupemots'] as $type) {
    foreach (['creer', 'creerarticledans', 'publierdans', 'modifier', 'instituer', 'creerdans', 'associer'] as $what) {
        autoriser_exception($what, $type, '*');
    }
}
$given = json_decode(stream_get_contents(STDIN), true);
echo json_encode($command($given));

function fill(array $given): array
{
    sql_query('PRAGMA synchronous=OFF');
    ecrire_config('nom_site', $given['title']);
    ecrire_config('adresse_site', getenv('CMS_URL'));
    ecrire_config('type_urls', 'propres');
    ecrire_config('forums_publics', 'pos');
    ecrire_config('http_proxy', 'http://127.0.0.1:9/'); // nothing leaves this machine
    foreach ($given['posts'] as $post) {
        $made[] = insert($post);
    }
    calculer_rubriques();
    foreach ($made as &$article) {
        $article['url'] = url($article['id']);
    }
    return $made;
}

function insert(array $post): array
{
    $id = objet_inserer('article', section($post['section'] ?: 'Le journal'));
    $set = ['titre' => $post['title'], 'chapo' => $post['lead'], 'texte' => $post['text'], 'statut' => $post['status'], 'date' => $post['date'], 'accepter_forum' => 'pos'];
    $error = objet_modifier('article', $id, $set);
    if (!$id || $error) {
        throw new RuntimeException("article $id: $error");
    }
    objet_dissocier(['auteur' => '*'], ['article' => $id]);
    foreach ($post['authors'] as $name) {
        objet_associer(['auteur' => named('auteur', 'nom', $name, ['statut' => '1comite'])], ['article' => $id]);
    }
    foreach ($post['tags'] as $tag) {
        objet_associer(['mot' => keyword($tag)], ['article' => $id]);
    }
    foreach ($post['comments'] as $comment) {
        sql_insertq('spip_forum', ['id_objet' => $id, 'objet' => 'article', 'titre' => 'Bravo', 'texte' => $comment, 'auteur' => 'Un lecteur', 'statut' => 'publie', 'date_heure' => date('Y-m-d H:i:s')]);
    }
    return ['id' => $id];
}

function section(string $name): int
{
    return (int) sql_getfetsel('id_rubrique', 'spip_rubriques', 'titre=' . sql_quote($name)) ?: made('rubrique', ['titre' => $name], 0);
}

function keyword(string $name): int
{
    $group = (int) sql_getfetsel('id_groupe', 'spip_groupes_mots') ?: sql_insertq('spip_groupes_mots', ['titre' => 'Thèmes', 'tables_liees' => 'articles', 'minirezo' => 'oui']);
    return (int) sql_getfetsel('id_mot', 'spip_mots', 'titre=' . sql_quote($name)) ?: made('mot', ['titre' => $name], $group);
}

function named(string $type, string $field, string $name, array $more): int
{
    return (int) sql_getfetsel("id_$type", "spip_{$type}s", "$field=" . sql_quote($name)) ?: sql_insertq("spip_{$type}s", [$field => $name] + $more);
}

function made(string $type, array $set, int $parent): int
{
    $id = objet_inserer($type, $parent);
    objet_modifier($type, $id, $set);
    return $id;
}

function url(int $id): string
{
    return url_absolue(generer_objet_url($id, 'article', '', '', true), getenv('CMS_URL') . '/');
}

function edit(array $given): array
{
    $text = sql_getfetsel('texte', 'spip_articles', 'id_article=' . (int) $given['id']);
    return ['error' => objet_modifier('article', $given['id'], ['texte' => "$text\n\n" . $given['text']])];
}

function delete(array $given): array
{
    return ['error' => objet_modifier('article', $given['id'], ['statut' => 'poubelle'])];
}
