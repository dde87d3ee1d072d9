/** A route that is meant for those who run a host, and what shows that it is this one that answered. */
export interface HiddenRoute {
  path: string;
  /** What its answer holds, and no other does. */
  shows: RegExp;
  /** Where its maker describes it. */
  source: string;
}

/** Few, and each of a kind of its own: a host is asked for all of them. */
export const HIDDEN_ROUTES: readonly HiddenRoute[] = [
  {
    path: '/.env',
    shows: /^(?!\s*[<{[])(?:[\s\S]*\n)?[A-Z][A-Z\d_]{2,}=/,
    source: 'https://github.com/motdotla/dotenv#readme',
  },
  {
    path: '/.git/config',
    shows: /^\s*\[core\]/,
    source: 'https://git-scm.com/docs/git-config#FILES',
  },
  {
    path: '/actuator/env',
    shows: /"propertySources"\s*:/,
    source: 'https://docs.spring.io/spring-boot/api/rest/actuator/env.html',
  },
  {
    path: '/debug/pprof/',
    shows: /Types of profiles available|\/debug\/pprof\//,
    source: 'https://pkg.go.dev/net/http/pprof',
  },
  {
    path: '/metrics',
    shows: /^# (?:HELP|TYPE) [a-zA-Z_:][\w:]* /m,
    source: 'https://prometheus.io/docs/instrumenting/exposition_formats/',
  },
  {
    path: '/openapi.json',
    shows: /"(?:openapi|swagger)"\s*:\s*"[23]\./,
    source: 'https://spec.openapis.org/oas/v3.0.4.html#openapi-description-structure',
  },
  {
    path: '/phpinfo.php',
    shows: /<title>[^<]*phpinfo\(\)/i,
    source: 'https://www.php.net/manual/en/function.phpinfo.php',
  },
  {
    path: '/server-status',
    shows: /Apache Server Status for/,
    source: 'https://httpd.apache.org/docs/2.4/mod/mod_status.html',
  },
  {
    path: '/swagger/index.html',
    shows: /swagger-ui/i,
    source: 'https://github.com/swagger-api/swagger-ui#readme',
  },
];
