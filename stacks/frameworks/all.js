// Every framework and gateway that the shop is written for.
import { chi, gin, jdk, mojolicious, php, sinatra } from './debian.js';
import { apache, caddy, nginx } from './gateways.js';
import { express, fastify, hapi, hono, koa, nest } from './node.js';
import { aiohttp, django, falcon, fastapi, flask } from './python.js';

/** @type {readonly import('../framework.js').Framework[]} */
export const FRAMEWORKS = [
  ...[express, fastify, koa, hono, hapi, nest],
  ...[flask, django, fastapi, falcon, aiohttp],
  ...[sinatra, php, mojolicious, gin, chi, jdk],
  ...[nginx, apache, caddy],
];
