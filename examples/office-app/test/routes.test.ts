import nock from 'nock';
import request from 'supertest';
import { app } from '../src/server/routes';

nock('https://connect.clearcareonline.com').get('/v1/patient/7/').reply(200, {});

test('a client', async () => {
  await request(app).get('/v1/patient/7').expect(200);
  expect('/v1/patients/x').toContain('/v1/patient');
});
