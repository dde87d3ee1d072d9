/** Where everything is. The former host was https://api.clearcareonline.com/api/v1/clients. */
export const config = {
  connect: {
    baseUrl: process.env.CONNECT_BASE_URL ?? 'https://connect.clearcareonline.com/v1',
    timeoutMs: 30_000,
  },
  maps: { baseUrl: 'https://maps.example.net/geocode/v1' },
  uploads: '/v1/uploads',
} as const;

export const MEDIA_TYPE = 'application/fhir+json';
