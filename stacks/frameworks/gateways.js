// Gateways before an application: they know which paths there are, answer the rest themselves, and look at the token
// first where the variant says so. The application behind them is that of Express.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { fromDebian } from '../../real-hosts/install.js';
import { ownPort, startServer } from '../framework.js';
import { OPERATIONS } from '../operations.js';
import { TOKENS } from '../variants.js';
import { libraries } from './debian.js';
import { express } from './node.js';

/** @typedef {import('../framework.js').Framework} Framework */
/** @typedef {import('../variants.js').Mode} Mode */

const PAGE = '<!doctype html><title>Shop</title><div id="root"></div>';

/** What every path that is passed on begins with. */
const PASSED_ON = [
  ...new Set(
    OPERATIONS.filter(({ kind }) => !['no path', 'case', 'plural', 'prefix'].includes(kind)).map(
      ({ path }) => path.split('/')[1],
    ),
  ),
  'brands',
  'categories',
  'v2/stock',
];

/**
 * @param {string} name
 * @param {(gateway: { port: number, application: string, mode: Mode, home: string, root: string }) => Promise<import('../framework.js').Command>} configure
 *   writes the configuration
 * @param {() => Promise<string>} fetchIt
 * @param {Partial<import('../server.js').Facts>} [own] what it does otherwise than the application
 * @returns {Framework}
 */
function before(name, configure, fetchIt, own = {}) {
  return {
    name: `${name} before Express`,
    language: 'gateway',
    facts: { ...express.facts, letterCase: 'unknown', gateway: true, ...own },
    install: async () => {
      const root = await fetchIt();
      const startApplication = await express.install();
      return async (mode, home) => {
        const behind = join(home, 'application');
        const own = join(home, 'gateway');
        await mkdir(behind);
        await mkdir(own);
        // What the gateway does itself, the application behind it leaves to it.
        const application = await startApplication(modeBehind(mode), behind);
        const port = await ownPort();
        const command = await configure({ port, application: application.url, mode, home: own, root });
        const gateway = await startServer(`http://127.0.0.1:${port}`, own, command);
        return {
          url: gateway.url,
          stop: async () => {
            await gateway.stop();
            await application.stop();
          },
        };
      };
    },
  };
}

/** @param {Mode} mode @returns {Mode} */
function modeBehind(mode) {
  return mode === 'forbids' || mode === 'page' ? 'route-first' : mode;
}

export const nginx = before(
  'nginx',
  async ({ port, application, mode, home, root }) => {
    const pass = `proxy_pass ${application};`;
    const check =
      mode === 'auth-first' ? `if ($http_authorization != "Bearer ${TOKENS.good}") { return 401; }` : '';
    const unknown = { forbids: 'return 403;', page: `root ${home}; try_files $uri /index.html;` }[
      String(mode)
    ];
    const config = join(home, 'nginx.conf');
    await writeFile(join(home, 'index.html'), PAGE);
    await writeFile(
      config,
      `${process.getuid?.() === 0 ? 'user root; ' : ''}daemon off; worker_processes 1; pid ${home}/nginx.pid; error_log ${home}/error.log;
events {}
http {
  types { text/html html; }
  access_log off;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${home}/${kind};`).join(' ')}
  server {
    listen 127.0.0.1:${port};
    location = /api/health { ${pass} }
    location ~ ^/api/(${PASSED_ON.join('|')})(/|$) { ${check} ${pass} }
    location = /index.html { root ${home}; }
    location / { ${check} ${unknown ?? 'return 404;'} }
  }
}
`,
    );
    return {
      command: join(root, 'usr/sbin/nginx'),
      args: ['-e', join(home, 'error.log'), '-p', home, '-c', config],
      env: { LD_LIBRARY_PATH: await libraries(root) },
    };
  },
  () => fromDebian('nginx', ['nginx-light']),
  // It reads files for no other method than GET.
  { refusesMethods: { methods: ['POST', 'PUT', 'PATCH', 'DELETE'], modes: ['page'] } },
);

export const apache = before(
  'Apache httpd',
  async ({ port, application, mode, home, root }) => {
    const modules = join(root, 'usr/lib/apache2/modules');
    const loaded = ['mpm_event', 'authz_core', 'authn_core', 'proxy', 'proxy_http', 'rewrite', 'mime', 'dir'];
    const config = join(home, 'httpd.conf');
    await writeFile(join(home, 'index.html'), PAGE);
    await writeFile(join(home, 'mime.types'), 'text/html html\n');
    const unknown = {
      forbids: 'RewriteRule ^ - [F]',
      page: `RewriteCond %{REQUEST_METHOD} =GET\nRewriteRule ^ /index.html [L]\nRewriteRule ^ - [R=404,L]`,
    }[String(mode)];
    const check =
      mode === 'auth-first'
        ? `RewriteCond %{HTTP:Authorization} "!=Bearer ${TOKENS.good}"\nRewriteRule !^/api/health$ - [R=401,L]`
        : '';
    await writeFile(
      config,
      `${loaded.map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`).join('\n')}
ServerRoot ${home}
PidFile ${home}/httpd.pid
DefaultRuntimeDir ${home}
ErrorLog ${home}/error.log
Listen 127.0.0.1:${port}
ServerName 127.0.0.1
TypesConfig ${home}/mime.types
DocumentRoot ${home}
<Directory ${home}>
  Require all granted
</Directory>
RewriteEngine on
${check}
RewriteRule ^/api/(health|${PASSED_ON.join('|')})(/.*)?$ ${application}%{REQUEST_URI} [P,L]
${unknown ?? 'RewriteRule ^ - [R=404,L]'}
`,
    );
    return {
      command: join(root, 'usr/sbin/apache2'),
      args: ['-D', 'FOREGROUND', '-f', config],
      env: { LD_LIBRARY_PATH: await libraries(root) },
    };
  },
  () => fromDebian('apache', ['apache2-bin']),
);

export const caddy = before(
  'Caddy',
  async ({ port, application, mode, home, root }) => {
    const config = join(home, 'Caddyfile');
    await writeFile(join(home, 'index.html'), PAGE);
    const check =
      mode === 'auth-first'
        ? `@refused {\n not header Authorization "Bearer ${TOKENS.good}"\n not path /api/health\n}\n respond @refused 401`
        : '';
    const unknown = {
      forbids: 'respond 403',
      page: `@read method GET\n handle @read {\n root * ${home}\n rewrite * /index.html\n file_server\n }\n respond 404`,
    }[String(mode)];
    await writeFile(
      config,
      `{
  admin off
  auto_https off
  storage file_system ${home}
}
http://127.0.0.1:${port} {
  bind 127.0.0.1
  route {
    ${check}
    @known path_regexp ^/api/(${PASSED_ON.join('|')})(/|$)
    handle @known {
      reverse_proxy ${application.replace('http://', '')}
    }
    handle {
      ${unknown ?? 'respond 404'}
    }
  }
}
`,
    );
    return {
      command: join(root, 'usr/bin/caddy'),
      args: ['run', '--config', config, '--adapter', 'caddyfile'],
      env: { XDG_DATA_HOME: home, XDG_CONFIG_HOME: home },
    };
  },
  () => fromDebian('caddy', ['caddy']),
);
