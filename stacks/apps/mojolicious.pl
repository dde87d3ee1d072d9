# The shop on Mojolicious::Lite, as its tutorial writes it.
use Mojolicious::Lite -signatures;

my $mode = $ENV{MODE};
my %items = (
  'item-1' => {id => 'item-1', name => 'Lamp',  price => 20},
  'item-2' => {id => 'item-2', name => 'Chair', price => 45},
);
my $last = 2;
app->log->level('fatal');
app->mode('production');

helper is_good => sub ($c) {
  return 1 if ($c->req->headers->authorization // '') eq 'Bearer good-token-for-tests';
  $c->render(text => 'Unauthorized', status => 401);
  return undef;
};
helper missing => sub ($c) { $c->reply->not_found };
helper find => sub ($c) {
  my $item = $items{$c->param('id')};
  $c->missing unless $item;
  return $item;
};
helper is_valid => sub ($c, $item) {
  return 1 if ($item->{name} // '') ne '' && !ref $item->{name} && ($item->{price} // '') =~ /^[0-9.]+$/;
  $c->render(json => {error => 'name and price are required'}, status => 400);
  return undef;
};

my $page = '<!doctype html><title>Shop</title><div id="root"></div>';
hook before_routes => sub ($c) {
  return if $mode ne 'auth-first' || $c->req->url->path eq '/api/health';
  $c->is_good;
} if $mode eq 'auth-first';

get '/api/health' => sub ($c) { $c->render(json => {status => 'ok'}) };
my $search = sub ($c) { $c->render(json => {results => [values %items]}) };
get '/api/search' => $search if $mode eq 'per-route';

group {
  under '/api' => sub ($c) { return $mode eq 'auth-first' ? 1 : $c->is_good };

  get '/search' => $search;
  get '/items' => sub ($c) { $c->render(json => [map { $items{$_} } sort keys %items]) };
  post '/items' => sub ($c) {
    my $given = $c->req->json // {};
    return unless $c->is_valid($given);
    my $id = 'item-' . ++$last;
    $items{$id} = {%$given, id => $id};
    $c->render(json => $items{$id}, status => 201);
  };
  get '/items/:id' => sub ($c) {
    my $item = $c->find or return;
    $c->render(json => $item);
  };
  any ['PUT', 'PATCH'] => '/items/:id' => sub ($c) {
    my $item    = $c->find or return;
    my $changed = {($c->req->method eq 'PATCH' ? %$item : ()), %{$c->req->json // {}}, id => $item->{id}};
    return unless $c->is_valid($changed);
    $items{$item->{id}} = $changed;
    $c->render(json => $changed);
  };
  del '/items/:id' => sub ($c) {
    my $item = $c->find or return;
    delete $items{$item->{id}};
    $c->rendered(204);
  };
  get '/members/:id'      => sub ($c) { $c->missing };
  get '/orders/:id/lines' => sub ($c) { $c->missing };
  post '/refunds'         => sub ($c) { $c->render(json => {}, status => 201) };
  get $_ => sub ($c) { $c->render(json => {}) } for '/customers', '/brands', '/categories', '/v2/stock';
  any ['GET', 'POST'] => '/audit' => sub ($c) {
    return $c->missing if $mode eq 'hides';
    $c->render(text => 'Forbidden', status => 403);
  };
  get '/payroll' => sub ($c) { $c->missing };
  get '/quotes'  => sub ($c) { $c->render(json => {error => 'from is required'}, status => 400) };
  get '/statistics'    => sub ($c) { die 'the database is gone' };
  get '/suppliers/:id' => sub ($c) { die 'the database is gone' };
  post '/invoices'     => sub ($c) { die 'the database is gone' };
  get '/latest'        => sub ($c) { $c->redirect_to('/api/items') };
  get '/moved'         => sub ($c) {
    $c->res->code(301);
    $c->redirect_to('/elsewhere');
  };
  get '/prices' => sub ($c) {
    $c->res->headers->header('Retry-After' => 1);
    $c->render(text => 'Too Many Requests', status => 429);
  };
  get '/settings' => sub ($c) { $c->render(json => {currency => 5}) };
  get '/coupons'  => sub ($c) { $c->missing };
};

any '/*any' => sub ($c) { $c->render(text => 'Forbidden', status => 403) } if $mode eq 'forbids';
get '/*any' => sub ($c) { $c->render(text => $page, format => 'html') } if $mode eq 'page';

app->start('daemon', '-l', "http://127.0.0.1:$ENV{PORT}");
