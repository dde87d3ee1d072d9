// Frameworks of other languages, from Debian.
import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fromDebian, Unavailable } from '../../real-hosts/install.js';
import { app, startShop } from '../framework.js';

/** @typedef {import('../framework.js').Framework} Framework */
/** @typedef {import('../server.js').Facts} Facts */

const run = promisify(execFile);

/** The folder of the libraries of this machine's kind. @param {string} root */
export async function libraries(root) {
  const found = (await readdir(join(root, 'usr/lib'))).find((name) => name.includes('-linux-gnu'));
  return join(root, 'usr/lib', found ?? '');
}

/** @type {Framework} */
export const sinatra = {
  name: 'Sinatra',
  language: 'Ruby',
  facts: {
    wrongMethod: 'unknown',
    slash: 'unknown',
    letterCase: 'unknown',
    absent: 'own',
    catchesAbsent: true,
  },
  install: async () => {
    const root = await fromDebian('sinatra', ['ruby', 'ruby-sinatra', 'ruby-webrick']);
    const own = await libraries(root);
    const version = (await readdir(join(root, 'usr/lib/ruby'))).find((name) => /^\d/.test(name)) ?? '';
    const paths = [
      join(root, 'usr/lib/ruby/vendor_ruby'),
      join(root, 'usr/lib/ruby', version),
      join(own, 'ruby', version),
      join(own, 'ruby/vendor_ruby', version),
    ];
    const gems = join(root, 'usr/share/rubygems-integration');
    const env = {
      LD_LIBRARY_PATH: own,
      RUBYLIB: paths.join(':'),
      GEM_PATH: ['all', version, `ruby${version}`].map((name) => join(gems, name)).join(':'),
      APP_ENV: 'production',
    };
    return (mode, home) =>
      startShop(mode, home, { command: join(root, 'usr/bin/ruby'), args: [app('sinatra.rb')], env });
  },
};

/** @type {Framework} */
export const php = {
  name: 'PHP',
  language: 'PHP',
  facts: {
    wrongMethod: 'unknown',
    slash: 'unknown',
    letterCase: 'unknown',
    absent: 'own',
    // It looks for a file, and reads files for these methods only.
    refusesMethods: {
      methods: ['PUT', 'PATCH', 'DELETE'],
      modes: ['auth-first', 'route-first', 'per-route', 'hides', 'page'],
    },
  },
  install: async () => {
    const root = await fromDebian('php', ['php-cli']);
    const own = await libraries(root);
    const program = (await readdir(join(root, 'usr/bin'))).find((name) => /^php\d/.test(name)) ?? 'php';
    return (mode, home) =>
      startShop(mode, home, {
        command: '/bin/sh',
        // The port is an argument, and known only when it starts.
        args: [
          '-c',
          'exec "$0" -n -d display_errors=0 -S "127.0.0.1:$PORT" "$1"',
          join(root, 'usr/bin', program),
          app('shop.php'),
        ],
        env: { LD_LIBRARY_PATH: own },
      });
  },
};

/** @type {Framework} */
export const mojolicious = {
  name: 'Mojolicious',
  language: 'Perl',
  facts: { wrongMethod: 'unknown', slash: 'same', letterCase: 'unknown', absent: 'same' },
  install: async () => {
    const root = await fromDebian('mojolicious', [
      'libmojolicious-perl',
      // What it looks for when it starts.
      ...['libjs-jquery', 'libjs-bootstrap4', 'libjs-highlight.js'],
    ]);
    return (mode, home) =>
      startShop(mode, home, {
        command: 'perl',
        args: [app('mojolicious.pl')],
        env: { PERL5LIB: join(root, 'usr/share/perl5') },
      });
  },
};

/** @type {Framework} */
export const jdk = {
  name: 'JDK HttpServer',
  language: 'Java',
  facts: { wrongMethod: '405', slash: 'unknown', letterCase: 'unknown', absent: 'own' },
  install: async () => {
    const java = await run('javac', ['-version']).then(
      () => 'java',
      async () =>
        join(
          await fromDebian('jdk', ['openjdk-17-jdk-headless']),
          'usr/lib/jvm/java-17-openjdk-amd64/bin/java',
        ),
    );
    return (mode, home) =>
      startShop(mode, home, {
        command: java,
        args: ['-Xmx128m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', app('Shop.java')],
      });
  },
};

/**
 * @param {string} name
 * @param {string} folder
 * @param {Facts} facts
 * @returns {Framework}
 */
function onGo(name, folder, facts) {
  return {
    name,
    language: 'Go',
    facts,
    install: async () => {
      const root = await fromDebian('go', [
        'golang-go',
        'golang-github-gin-gonic-gin-dev',
        'golang-github-go-chi-chi-dev',
      ]);
      const sdk = (await readdir(join(root, 'usr/lib'))).find((one) => /^go-\d/.test(one)) ?? '';
      const program = join(root, `shop-${folder}`);
      const env = {
        GOROOT: join(root, 'usr/lib', sdk),
        GOPATH: join(root, 'usr/share/gocode'),
        GOCACHE: join(root, 'cache'),
        GO111MODULE: 'off',
        GOFLAGS: '',
        CGO_ENABLED: '0',
      };
      const go = join(root, 'usr/lib', sdk, 'bin/go');
      await run(go, ['build', '-o', program, app(`${folder}/main.go`)], { env }).catch((error) => {
        throw new Unavailable(`it cannot be compiled: ${error.stderr || error.message}`, { cause: error });
      });
      return (mode, home) => startShop(mode, home, { command: program, args: [] });
    },
  };
}

export const gin = onGo('Gin', 'gin', {
  wrongMethod: 'unknown',
  slash: 'redirect',
  redirectsFirst: true,
  letterCase: 'unknown',
  absent: 'own',
});

export const chi = onGo('chi', 'chi', {
  wrongMethod: '405',
  slash: 'unknown',
  letterCase: 'unknown',
  absent: 'same',
});
