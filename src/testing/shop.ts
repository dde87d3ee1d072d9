import { crash, deny, guarded, json, type Handler } from './vendor.js';

/** What the invented vendor answers: one route works, one breaks the contract, the others are refused or crash. */
export const SHOP_ROUTES: Record<string, Handler> = {
  'GET /v2/items/': guarded(
    json(200, { resourceType: 'Bundle', entry: [{ resourceType: 'Patient', id: 'a1' }] }),
  ),
  'POST /v2/documents/': guarded(crash),
  'GET /v2/reports/': guarded(deny),
  'GET /v2/plans/': guarded(deny),
  'GET /v2/widgets/': guarded(json(200, {})),
  'GET /v2/people/': guarded(
    json(200, { resourceType: 'Bundle', entry: [{ resourceType: 'Patient', id: 7 }] }),
  ),
};

/** The contract of an invented vendor, with a route of each kind. */
export const SHOP = `
openapi: 3.0.3
info: { title: Shop, version: '7' }
servers: [{ url: https://api.shop.example/v2 }]
security: [{ bearer: [] }]
paths:
  /items/:
    get:
      tags: [items]
      summary: List items
      x-standing: documented
      responses:
        '200':
          description: ok
          content: { application/json: { schema: { $ref: '#/components/schemas/Items' } } }
  /documents/:
    post:
      tags: [documents]
      summary: Upload a document
      x-safe: true # the invented vendor keeps nothing
      x-standing: documented
      requestBody:
        content:
          application/json:
            schema: { type: object, properties: { title: { type: string } } }
            example: { title: note.txt }
      responses:
        '201': { description: created }
        '422': { description: refused }
  /reports/:
    get:
      tags: [reports]
      x-standing: documented
      responses: { '200': { description: ok } }
  /plans/:
    get:
      tags: [plans]
      x-standing: documented
      responses: { '200': { description: ok } }
  /Widgets/:
    get:
      tags: [widgets]
      x-standing: documented
      responses: { '200': { description: ok } }
  /people/:
    get:
      tags: [people]
      x-standing: documented
      responses:
        '200':
          description: ok
          content: { application/json: { schema: { $ref: '#/components/schemas/Items' } } }
components:
  securitySchemes:
    bearer: { type: http, scheme: bearer }
  schemas:
    Items:
      type: object
      required: [resourceType, entry]
      properties:
        resourceType: { type: string, enum: [Bundle] }
        entry: { type: array, items: { $ref: '#/components/schemas/Item' } }
    Item:
      type: object
      required: [id]
      properties:
        resourceType: { type: string, enum: [Patient] }
        id: { type: string }
`;
