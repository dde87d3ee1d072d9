// The shop on the HTTP server of the JDK, as its documentation writes it: a context for each path.
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

public class Shop {
  static final String MODE = System.getenv("MODE");
  static final String PAGE = "<!doctype html><title>Shop</title><div id=\"root\"></div>";
  static final Pattern NAME = Pattern.compile("\"name\"\\s*:\\s*\"([^\"]+)\"");
  static final Pattern PRICE = Pattern.compile("\"price\"\\s*:\\s*([0-9.]+)");
  static final Map<String, String[]> items = new LinkedHashMap<>();
  static int last = 2;

  static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  static void json(HttpExchange exchange, int status, String body) throws IOException {
    answer(exchange, status, "application/json", body);
  }

  static void status(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  static boolean refused(HttpExchange exchange) throws IOException {
    String token = exchange.getRequestHeaders().getFirst("Authorization");
    if ("Bearer good-token-for-tests".equals(token)) return false;
    exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer realm=\"shop\"");
    status(exchange, 401);
    return true;
  }

  static String shown(String id) {
    String[] item = items.get(id);
    return "{\"id\":\"" + id + "\",\"name\":\"" + item[0] + "\",\"price\":" + item[1] + "}";
  }

  static String all() {
    return "[" + String.join(",", items.keySet().stream().map(Shop::shown).toList()) + "]";
  }

  static String found(Pattern pattern, String body, String otherwise) {
    Matcher matcher = pattern.matcher(body);
    return matcher.find() ? matcher.group(1) : otherwise;
  }

  /** A path of its own: a context also gets what stands below it, so each handler looks at the path again. */
  static void route(HttpServer server, String path, Map<String, HttpHandler> methods) {
    boolean open = path.equals("/api/health") || (MODE.equals("per-route") && path.equals("/api/search"));
    String context = path.replaceAll("/\\{id\\}.*", "/");
    Pattern pattern = Pattern.compile(path.replace("{id}", "[^/]+"));
    server.createContext(context, exchange -> {
      if (MODE.equals("auth-first") && !open && refused(exchange)) return;
      if (!pattern.matcher(exchange.getRequestURI().getPath()).matches()) {
        unknown(exchange);
        return;
      }
      HttpHandler handler = methods.get(exchange.getRequestMethod());
      if (handler == null) {
        status(exchange, 405);
        return;
      }
      if (!MODE.equals("auth-first") && !open && refused(exchange)) return;
      try {
        handler.handle(exchange);
      } catch (RuntimeException error) {
        status(exchange, 500);
      }
    });
  }

  static void unknown(HttpExchange exchange) throws IOException {
    if (MODE.equals("forbids")) status(exchange, 403);
    else if (MODE.equals("page") && exchange.getRequestMethod().equals("GET")) answer(exchange, 200, "text/html", PAGE);
    else answer(exchange, 404, "text/html", "<h1>404 Not Found</h1>No context found for request");
  }

  static void missing(HttpExchange exchange) throws IOException {
    json(exchange, 404, "{\"error\":\"no such resource\"}");
  }

  static void change(HttpExchange exchange) throws IOException {
    String id = idOf(exchange);
    String[] item = items.get(id);
    if (item == null) {
      missing(exchange);
      return;
    }
    boolean isPatch = exchange.getRequestMethod().equals("PATCH");
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String name = found(NAME, body, isPatch && !body.contains("\"name\"") ? item[0] : null);
    String price = found(PRICE, body, isPatch && !body.contains("\"price\"") ? item[1] : null);
    if (name == null || price == null || !body.startsWith("{")) {
      json(exchange, 400, "{\"error\":\"name and price are required\"}");
      return;
    }
    items.put(id, new String[] {name, price});
    json(exchange, 200, shown(id));
  }

  static String idOf(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  static void create(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String name = found(NAME, body, null);
    String price = found(PRICE, body, null);
    if (name == null || price == null) {
      json(exchange, 400, "{\"error\":\"name and price are required\"}");
      return;
    }
    String id = "item-" + ++last;
    items.put(id, new String[] {name, price});
    json(exchange, 201, shown(id));
  }

  static void crash(HttpExchange exchange) {
    throw new IllegalStateException("the database is gone");
  }

  static HttpHandler redirect(int status, String location) {
    return exchange -> {
      exchange.getResponseHeaders().set("Location", location);
      status(exchange, status);
    };
  }

  static void audit(HttpExchange exchange) throws IOException {
    if (MODE.equals("hides")) missing(exchange);
    else status(exchange, 403);
  }

  public static void main(String[] args) throws IOException {
    items.put("item-1", new String[] {"Lamp", "20"});
    items.put("item-2", new String[] {"Chair", "45"});
    int port = Integer.parseInt(System.getenv("PORT"));
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", exchange -> {
      if (!MODE.equals("auth-first") || !refused(exchange)) unknown(exchange);
    });
    route(server, "/api/health", Map.of("GET", e -> json(e, 200, "{\"status\":\"ok\"}")));
    route(server, "/api/items", Map.of("GET", e -> json(e, 200, all()), "POST", Shop::create));
    HttpHandler read = e -> {
      if (items.containsKey(idOf(e))) json(e, 200, shown(idOf(e)));
      else missing(e);
    };
    HttpHandler remove = e -> {
      if (items.remove(idOf(e)) == null) missing(e);
      else status(e, 204);
    };
    route(server, "/api/items/{id}", Map.of("GET", read, "PUT", Shop::change, "PATCH", Shop::change, "DELETE", remove));
    route(server, "/api/search", Map.of("GET", e -> json(e, 200, "{\"results\":" + all() + "}")));
    for (String path : new String[] {"/members/{id}", "/orders/{id}/lines", "/payroll", "/coupons"}) {
      route(server, "/api" + path, Map.of("GET", Shop::missing));
    }
    route(server, "/api/refunds", Map.of("POST", e -> json(e, 201, "{}")));
    for (String path : new String[] {"/customers", "/brands", "/categories", "/v2/stock"}) {
      route(server, "/api" + path, Map.of("GET", e -> json(e, 200, "{}")));
    }
    route(server, "/api/audit", Map.of("GET", Shop::audit, "POST", Shop::audit));
    route(server, "/api/quotes", Map.of("GET", e -> json(e, 400, "{\"error\":\"from is required\"}")));
    route(server, "/api/statistics", Map.of("GET", Shop::crash));
    route(server, "/api/suppliers/{id}", Map.of("GET", Shop::crash));
    route(server, "/api/invoices", Map.of("POST", Shop::crash));
    route(server, "/api/latest", Map.of("GET", redirect(302, "/api/items")));
    route(server, "/api/moved", Map.of("GET", redirect(301, "/elsewhere")));
    route(server, "/api/prices", Map.of("GET", e -> {
      e.getResponseHeaders().set("Retry-After", "1");
      status(e, 429);
    }));
    route(server, "/api/settings", Map.of("GET", e -> json(e, 200, "{\"currency\":5}")));
    server.setExecutor(Executors.newSingleThreadExecutor());
    server.start();
  }
}
