import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { WritePolicy } from '../targets/targets.js';
import { perform, send } from '../testing/performing.js';

describe('what is not proven', () => {
  test('is what was asked with a bad token or a forbidden body, and what was not asked', async () => {
    const unproven = async (policy: WritePolicy) => {
      const refused = (response: ServerResponse) => send(response, 422, {});
      const { run } = await perform({
        policy,
        paths:
          '/things/: { get: {} }\n/things/{id}/: { put: { requestBody: { content: { application/json: { schema: { required: [x], type: object } } } } } }\n',
        host: {
          'GET /things/': (response) => {
            const isGood = response.req.headers.authorization === 'Bearer token-for-tests';
            send(response, isGood ? 200 : 401, isGood ? [] : {});
          },
          'GET /things/conform-absent-abababababababab/': (response) => send(response, 404, {}),
          'PUT /things/conform-absent-abababababababab/': refused,
        },
      });
      return run?.unproven.map(({ operation, why }) => `${operation}: ${why}`);
    };
    expect(await unproven('none')).toEqual([
      expect.stringMatching(/^PUT .*the policy of the run is not to ask/),
    ]);
    expect(await unproven('route')).toEqual([
      expect.stringMatching(/^PUT .*with a token that is invalid on purpose/),
    ]);
    expect(await unproven('validate')).toEqual([
      expect.stringMatching(/^PUT .*with a body that the contract forbids/),
    ]);
  });
});
