import { connect } from './http';

export interface Client {
  id: string;
  name: { family: string; given: string[] }[];
}

const PATHS = {
  list: '/patients/',
  search: '/patients/_search/',
  one: (id: string) => `/patients/${id}/`,
  notes: (id: string) => `/patients/${encodeURIComponent(id)}/notes/`,
};

export class Clients {
  /** GET /v1/Patients */
  all(page = 0) {
    return connect<Client[]>(PATHS.list, { query: { _count: 100, _page: page } });
  }

  find(lastName: string) {
    return connect<Client[]>(PATHS.search, { method: 'POST', body: { last_name: lastName } });
  }

  get(id: string) {
    return connect<Client>(PATHS.one(id));
  }

  note(id: string, text: string) {
    return connect<void>(PATHS.notes(id), { method: 'POST', body: { text } });
  }

  rename(id: string, family: string) {
    return connect<void>(`/patients/${id}/`, { method: 'PUT', body: { name: [{ family }] } });
  }

  patch(id: string, changes: Partial<Client>) {
    return this.send('PATCH', `/patients/${id}/`, changes);
  }

  contacts(id: string) {
    return connect<unknown>(`/relatedPerson/${id}/`);
  }

  private send(method: string, path: string, body: unknown) {
    return connect<void>(path, { method: method as 'PUT', body });
  }
}
