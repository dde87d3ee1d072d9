import type { JsonObject } from '../../json.js';
import type { Creation } from './habits.js';
import type { Ids } from './ids.js';
import type { Answer } from './vendor.js';

/** What a creation makes, if anything, and what the host says of it. */
export interface Created {
  answer: Answer;
  /** Where the new record is, and what it has beside what was sent. */
  stored: { path: string; members: JsonObject } | undefined;
}

/** Makes a record as a host of this habit does it, and answers as it answers. */
export function createdAs(
  habit: Creation,
  at: { collection: string; ids: Ids; elsewhere: string; slash: boolean },
): Created {
  const { collection, ids, elsewhere, slash } = at;
  if (collection === 'links') return link(ids.make());
  const [listed] = ids.listed;
  const [hidden = ''] = ids.hidden;
  switch (habit) {
    case 'listed-201':
    case 'listed-200':
      return { answer: { status: Number(habit.slice(-3)), body: withId(listed, ids) }, stored: undefined };
    case 'hidden-201':
    case 'hidden-200':
      return { answer: { status: Number(habit.slice(-3)), body: withId(hidden, ids) }, stored: undefined };
    default: {
      const id = ids.make();
      const path = `${collection}/${id}`;
      const home = `/v1/${collection}`;
      const end = slash ? '/' : '';
      const answer = answerTo(habit, { id, ids, home, end, elsewhere, listed });
      return { answer, stored: { path, members: withId(id, ids) } };
    }
  }
}

function answerTo(
  habit: Creation,
  made: { id: string; ids: Ids; home: string; end: string; elsewhere: string; listed: string },
): Answer {
  const { id, ids, home, end, elsewhere, listed } = made;
  const located = (location: string): Answer => ({ status: 201, headers: { location } });
  const forged = (value: string): Answer => ({ status: 201, body: { id: value } });
  switch (habit) {
    case '200-id':
      return { status: 200, body: withId(id, ids) };
    case '202':
      return { status: 202, body: { message: 'Will be made.' } };
    case 'wrapped':
      return { status: 201, body: { data: withId(id, ids) } };
    case 'location':
      return located(`${home}/${id}${end}`);
    case 'location-elsewhere':
      return located(`${elsewhere}${home}/${id}${end}`);
    case 'location-dots':
      return located(`${home}/${id}/../..`);
    case 'location-existing':
      return located(`${home}/${listed}${end}`);
    case 'id-empty':
      return forged('');
    case 'id-dot':
      return forged('.');
    case 'id-dotdot':
      return forged('..');
    case 'id-percent':
      return forged('%2e%2e');
    case 'id-slash':
      return forged(`${listed}/parts/${listed}`);
    case 'id-query':
      return forged('?x');
    case 'id-hash':
      return forged('#x');
    default:
      return { status: 201, body: withId(id, ids) };
  }
}

function link(id: string): Created {
  const members = { left: 'made', right: id };
  return { answer: { status: 201, body: members }, stored: { path: `links/made/${id}`, members } };
}

function withId(id: string, ids: Ids): JsonObject {
  return { id: ids.schema.type === 'integer' ? Number(id) : id };
}
