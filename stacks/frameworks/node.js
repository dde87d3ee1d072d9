// Frameworks of the npm registry.
import process from 'node:process';
import { manyFromNpm } from '../../real-hosts/install.js';
import { app, startShop } from '../framework.js';

/** @typedef {import('../framework.js').Framework} Framework */

/**
 * @param {string} name
 * @param {string} file
 * @param {import('../server.js').Facts} facts
 * @param {readonly string[]} packages
 * @returns {Framework}
 */
function onNode(name, file, facts, packages) {
  return {
    name,
    language: 'JavaScript',
    facts,
    install: async () => {
      const modules = await manyFromNpm(`shop-${file}`, packages);
      return (mode, home) =>
        startShop(mode, home, {
          command: process.execPath,
          args: [app(`${file}.js`)],
          env: { MODULES: modules, NODE_ENV: 'production' },
        });
    },
  };
}

export const express = onNode(
  'Express',
  'express',
  { wrongMethod: 'unknown', slash: 'same', letterCase: 'same', absent: 'own' },
  ['express@5.3.0'],
);

export const fastify = onNode(
  'Fastify',
  'fastify',
  { wrongMethod: 'unknown', slash: 'unknown', letterCase: 'unknown', absent: 'own', validatesFirst: true },
  ['fastify@5.12.8'],
);

export const koa = onNode(
  'Koa',
  'koa',
  { wrongMethod: '405', slash: 'same', letterCase: 'same', absent: 'same' },
  ['koa@3.3.0', '@koa/router@15.7.0', '@koa/bodyparser@6.1.0'],
);

export const hono = onNode(
  'Hono',
  'hono',
  { wrongMethod: 'unknown', slash: 'unknown', letterCase: 'unknown', absent: 'same', catchesAbsent: true },
  ['hono@4.13.19', '@hono/node-server@2.1.9'],
);

export const hapi = onNode(
  'hapi',
  'hapi',
  { wrongMethod: 'unknown', slash: 'unknown', letterCase: 'unknown', absent: 'same' },
  ['@hapi/hapi@21.4.10', '@hapi/boom@10.0.1'],
);

export const nest = onNode(
  'NestJS',
  'nest',
  { wrongMethod: 'unknown', slash: 'same', letterCase: 'same', absent: 'own', catchesAbsent: true },
  [
    '@nestjs/core@12.5.1',
    '@nestjs/common@12.5.1',
    '@nestjs/platform-express@12.5.1',
    'reflect-metadata@0.2.2',
    'rxjs@7.8.2',
  ],
);
