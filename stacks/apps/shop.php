<?php
// The shop for the server that PHP has built in, with a router script as its manual writes it.
$mode = getenv('MODE');
$store = getenv('STORE');
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
$method = $_SERVER['REQUEST_METHOD'];

function answer(int $status, mixed $value): never
{
    http_response_code($status);
    header('Content-Type: application/json');
    echo json_encode($value);
    exit();
}

function not_found(): never
{
    answer(404, ['error' => 'Not Found']);
}

function authenticate(): void
{
    $token = $_SERVER['HTTP_AUTHORIZATION'] ?? null;
    if ($token === 'Bearer good-token-for-tests') {
        return;
    }
    header('WWW-Authenticate: Bearer');
    answer(401, ['error' => $token === null ? 'Missing token' : 'Invalid token']);
}

function checked(array $item): array
{
    $valid = is_string($item['name'] ?? null) && $item['name'] !== '' && is_numeric($item['price'] ?? null);
    if (!$valid || is_string($item['price'])) {
        answer(422, ['errors' => ['name and price are required']]);
    }
    return $item;
}

function body(): array
{
    $body = json_decode(file_get_contents('php://input'), true);
    return is_array($body) ? $body : [];
}

// Each request is a script of its own, so the items stand in a file.
$items = file_exists($store)
    ? json_decode(file_get_contents($store), true)
    : [
        'item-1' => ['id' => 'item-1', 'name' => 'Lamp', 'price' => 20],
        'item-2' => ['id' => 'item-2', 'name' => 'Chair', 'price' => 45],
    ];
$save = fn (array $items) => file_put_contents($store, json_encode($items));
$find = fn (string $id) => $items[$id] ?? not_found();
$change = function (string $id) use (&$items, $save, $find, $method) {
    $item = $find($id);
    $changed = checked(array_merge($method === 'PATCH' ? $item : [], body(), ['id' => $id]));
    $items[$id] = $changed;
    $save($items);
    answer(200, $changed);
};
$nothing = fn () => not_found();
$object = fn () => answer(200, new stdClass());
$forbid = fn () => $mode === 'hides' ? not_found() : answer(403, ['error' => 'Forbidden']);
$crash = fn () => throw new RuntimeException('the database is gone');

$routes = [
    'GET /api/health' => fn () => answer(200, ['status' => 'ok']),
    'GET /api/items' => fn () => answer(200, array_values($items)),
    'POST /api/items' => function () use ($items, $save) {
        $item = checked(body());
        $item['id'] = uniqid('item-');
        $items[$item['id']] = $item;
        $save($items);
        answer(201, $item);
    },
    'GET /api/items/([^/]+)' => fn ($id) => answer(200, $find($id)),
    'PUT /api/items/([^/]+)' => $change,
    'PATCH /api/items/([^/]+)' => $change,
    'DELETE /api/items/([^/]+)' => function ($id) use ($items, $save, $find) {
        $find($id);
        unset($items[$id]);
        $save($items);
        http_response_code(204);
        exit();
    },
    'GET /api/search' => fn () => answer(200, ['results' => array_values($items)]),
    'GET /api/members/([^/]+)' => $nothing,
    'GET /api/orders/([^/]+)/lines' => $nothing,
    'POST /api/refunds' => fn () => answer(201, new stdClass()),
    'GET /api/customers' => $object,
    'GET /api/brands' => $object,
    'GET /api/categories' => $object,
    'GET /api/v2/stock' => $object,
    'GET /api/audit' => $forbid,
    'POST /api/audit' => $forbid,
    'GET /api/payroll' => $nothing,
    'GET /api/quotes' => fn () => answer(400, ['error' => 'from is required']),
    'GET /api/statistics' => $crash,
    'GET /api/suppliers/([^/]+)' => $crash,
    'POST /api/invoices' => $crash,
    'GET /api/latest' => fn () => header('Location: /api/items', true, 302),
    'GET /api/moved' => fn () => header('Location: /elsewhere', true, 301),
    'GET /api/prices' => function () {
        header('Retry-After: 1');
        answer(429, ['error' => 'Too Many Requests']);
    },
    'GET /api/settings' => fn () => answer(200, ['currency' => 5]),
    'GET /api/coupons' => $nothing,
];

if ($mode === 'auth-first' && $path !== '/api/health') {
    authenticate();
}
foreach ($routes as $route => $handle) {
    if (preg_match("#^{$route}$#", "$method $path", $found)) {
        $open = $path === '/api/health' || ($mode === 'per-route' && $path === '/api/search');
        if ($mode !== 'auth-first' && !$open) {
            authenticate();
        }
        $handle(...array_slice($found, 1));
        exit();
    }
}
if ($mode === 'forbids') {
    answer(403, ['error' => 'Forbidden']);
}
if ($mode === 'page' && $method === 'GET') {
    echo '<!doctype html><title>Shop</title><div id="root"></div>';
    exit();
}
// The server itself answers: there is no such file.
return false;
