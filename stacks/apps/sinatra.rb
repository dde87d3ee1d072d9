# The shop on Sinatra, as its README writes it.
require 'json'
require 'sinatra'

MODE = ENV.fetch('MODE')
PAGE = '<!doctype html><title>Shop</title><div id="root"></div>'
ITEMS = {
  'item-1' => { id: 'item-1', name: 'Lamp', price: 20 },
  'item-2' => { id: 'item-2', name: 'Chair', price: 45 }
}
$last = 2

set :server, 'webrick'
set :bind, '127.0.0.1'
set :port, ENV.fetch('PORT').to_i
set :environment, :production
set :show_exceptions, false

helpers do
  def authenticate
    halt 401, 'Not authorized' unless request.env['HTTP_AUTHORIZATION'] == 'Bearer good-token-for-tests'
  end

  def guard
    authenticate unless MODE == 'auth-first'
  end

  def json(value)
    content_type :json
    value.to_json
  end

  def find
    ITEMS[params['id']] || halt(404)
  end

  def check(item)
    valid = item[:name].is_a?(String) && !item[:name].empty? && item[:price].is_a?(Numeric)
    halt 400, 'name and price are required' unless valid
  end

  def body_of_request
    JSON.parse(request.body.read, symbolize_names: true)
  end
end

before do
  authenticate if MODE == 'auth-first' && request.path != '/api/health'
end

get('/api/health') { json(status: 'ok') }

get '/api/items' do
  guard
  json(ITEMS.values)
end

post '/api/items' do
  guard
  item = body_of_request
  check(item)
  $last += 1
  item = { id: "item-#{$last}" }.merge(item)
  ITEMS[item[:id]] = item
  status 201
  json(item)
end

get '/api/items/:id' do
  guard
  json(find)
end

change = proc do
  guard
  item = find
  changed = (request.patch? ? item : {}).merge(body_of_request).merge(id: item[:id])
  check(changed)
  ITEMS[item[:id]] = changed
  json(changed)
end
put '/api/items/:id', &change
patch '/api/items/:id', &change

delete '/api/items/:id' do
  guard
  ITEMS.delete(find[:id])
  status 204
end

get '/api/search' do
  guard unless MODE == 'per-route'
  json(results: ITEMS.values)
end

['/api/members/:id', '/api/orders/:id/lines', '/api/payroll', '/api/coupons'].each do |path|
  get path do
    guard
    halt 404
  end
end

post '/api/refunds' do
  guard
  status 201
  json({})
end

['/api/customers', '/api/brands', '/api/categories', '/api/v2/stock'].each do |path|
  get path do
    guard
    json({})
  end
end

audit = proc do
  guard
  MODE == 'hides' ? halt(404) : halt(403, 'Forbidden')
end
get '/api/audit', &audit
post '/api/audit', &audit

get '/api/quotes' do
  guard
  halt 400, 'from is required'
end

crash = proc do
  guard
  raise 'the database is gone'
end
get '/api/statistics', &crash
get '/api/suppliers/:id', &crash
post '/api/invoices', &crash

get '/api/latest' do
  guard
  redirect '/api/items', 302
end

get '/api/moved' do
  guard
  redirect '/elsewhere', 301
end

get '/api/prices' do
  guard
  headers 'Retry-After' => '1'
  halt 429, 'Too Many Requests'
end

get '/api/settings' do
  guard
  json(currency: 5)
end

if MODE == 'forbids'
  not_found { halt 403, 'Forbidden' }
elsif MODE == 'page'
  not_found do
    next unless request.get?

    status 200
    PAGE
  end
end
