import { jsonOf } from '../../exchange/record.js';
import { parseJson, type Json } from '../../json.js';
import { familyOf } from '../../request/body/media-types.js';
import { requestText, type HttpRequest, type Reply } from '../../targets/reply.js';

/** The value of a body as it was sent. */
export function sentValue(request: HttpRequest): Json | undefined {
  const text = requestText(request);
  if (text === undefined) return undefined;
  const type = request.headers['content-type'] ?? '';
  // The texts of the parts of a form, or between the tags of XML, are between their ends.
  if (familyOf(type) === 'multipart')
    return text.split('\r\n').filter((line) => !/^(?:--|Content-)/.test(line));
  return parseJson(text) ?? [...new URLSearchParams(text).values()];
}

/** What an answer says, as it is there and as JSON reads it. */
export function textOf(reply: Reply): string {
  if (reply.kind !== 'answer') return '';
  const value = jsonOf(reply);
  const strings: string[] = [];
  const collect = (one: unknown): void => {
    if (typeof one === 'string') strings.push(one);
    else if (typeof one === 'object' && one !== null) Object.values(one).forEach(collect);
  };
  collect(value);
  return [reply.body.toString('utf8'), ...strings].join('\n');
}
