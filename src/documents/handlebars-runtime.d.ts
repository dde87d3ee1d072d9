// The part of Handlebars that runs templates which are compiled already. Its own types do not describe it.
declare module 'handlebars/runtime.js' {
  import type Handlebars from 'handlebars';
  const runtime: { create: () => Pick<typeof Handlebars, 'registerHelper' | 'helpers' | 'template'> };
  export default runtime;
}
