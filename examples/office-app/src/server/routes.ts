import express from 'express';
import { Clients } from '../api/clients';

const app = express();
const router = express.Router();
const clients = new Clients();

app.get('/health', (_, response) => response.send('ok'));
router.get('/v1/patient/:id', async (request, response) => {
  response.json(await clients.get(request.params.id));
});
router.post('/v1/notes/', handleNote);
app.use('/v1/static', express.static('public/v1/static'));
app.all('/v1/appointments/', handleNote);

function handleNote(request: express.Request, response: express.Response) {
  if (request.path.startsWith('/v1/patients/notes/')) response.status(202);
  if (/^\/v1\/patient\/\d+$/.test(request.path)) response.status(204);
  console.log(`GET /v1/patient/${request.params['id']}`);
  response.redirect('/v1/patient/list');
}

export { app, router };
