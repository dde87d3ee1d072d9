import axios from 'axios';
import createClient from 'openapi-fetch';
import type { paths } from './schema';
import { config } from '../config';

const http = axios.create({ baseURL: config.connect.baseUrl, timeout: config.connect.timeoutMs });
const typed = createClient<paths>({ baseUrl: 'https://connect.clearcareonline.com' });

export async function shiftsOf(caregiverId: string, day: string) {
  const { data } = await http.get('/appointment/', {
    params: { caregiverId, startDate: day, status: 'open' },
  });
  return data;
}

export async function shift(id: number) {
  const { data, error } = await typed.GET('/v1/appointment/{id}/', { params: { path: { id } } });
  if (error) throw error;
  return data;
}

export const callOff = (id: string, reason: string) => http.post(`/appointment/${id}/cancel/`, { reason });

export const replace = async (id: string, caregiver: string | null) =>
  http.put('appointment/' + id + '/', { caregiver });

export async function removeMany(ids: string[]) {
  await Promise.all(ids.map((id) => http.delete(`/appointments/${id}/`)));
}

export function clock(direction: 'in' | 'out', id: string) {
  return direction === 'in'
    ? typed.POST('/v1/encounter/{appointment_id}/clockin/', {
        params: { path: { appointment_id: id } },
        body: {},
      })
    : typed.POST('/v1/encounter/{carelog_id}/clockout/', { params: { path: { carelog_id: id } }, body: {} });
}

export async function geocode(address: string) {
  return axios.get(`${config.maps.baseUrl}/search?q=${encodeURIComponent(address)}`);
}
