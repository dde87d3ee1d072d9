import { addToGroup } from '../../groups.js';
import {
  dotted,
  lastName,
  within,
  type Arm,
  type Code,
  type FunctionCode,
  type Invocation,
  type Step,
} from './code.js';

/** A file of code. */
export interface Unit {
  file: string;
  steps: readonly Step[];
  /** Whether names of options are in objects, as in JavaScript, and not as arguments. */
  script: boolean;
}

/** A place in the code: what was before it counts, and what another arm of a statement did does not. */
export interface Spot {
  scope: Scope;
  /** Of the step within its scope; infinite for what is looked at from another scope. */
  position: number;
  arms: readonly Arm[];
}

/** Code at its place. */
export interface Placed<C extends Code = Code> extends Spot {
  code: C;
}

/** A file, or the body of a function. */
export interface Scope {
  unit: Unit;
  parent: Scope | undefined;
  /** The function whose body it is. */
  function: FunctionCode | undefined;
  /** The class that `self` or `this` is one of. */
  owner: ClassCode | undefined;
  sets: Map<string, Placed[]>;
  /** What is put into an object of a name afterwards: `params["page"] = 1`. */
  entries: Map<string, (Placed & { key: Code })[]>;
  returns: Placed[];
}

export interface ClassCode {
  name: string;
  bases: readonly string[];
  /** What its objects hold, by name: set in its body, or by `self.name = …`. */
  attributes: Map<string, Placed[]>;
  methods: Map<string, Scope>;
}

/** All code that is looked at together. */
export interface Program {
  units: readonly Unit[];
  /** What files set at their outermost level, by name. */
  globals: Map<string, Placed[]>;
  classes: Map<string, ClassCode[]>;
  /** The bodies of functions by the names of these; methods among them. */
  functions: Map<string, Scope[]>;
  invocations: Placed<Invocation>[];
  /** Every piece of code that a step has, in order; decorators are none. */
  roots: Placed[];
  /** Names that stand for a part of a text somewhere. */
  filledIn: ReadonlySet<string>;
}

/** Finds out what each name stands for, where. */
export function programOf(units: readonly Unit[]): Program {
  const filledIn = new Set<string>();
  const program: Program = {
    units,
    globals: new Map(),
    classes: new Map(),
    functions: new Map(),
    invocations: [],
    roots: [],
    filledIn,
  };

  function walk(steps: readonly Step[], scope: Scope, inClass: ClassCode | undefined, from = 0): number {
    let position = from;
    for (const step of steps) {
      position += 1;
      const spot = { scope, position, arms: step.arms };
      if (step.is === 'function') enter(step.function, scope, inClass ?? scope.owner, inClass !== undefined);
      else if (step.is === 'class') {
        const bases = step.bases.flatMap((base) => lastName(base) ?? []);
        const own: ClassCode = { name: step.name, bases, attributes: new Map(), methods: new Map() };
        addToGroup(program.classes, step.name, own);
        position = walk(step.body, scope, own, position);
      } else {
        const placed: Placed = { code: step.value, ...spot };
        program.roots.push(placed);
        look(placed);
        if (step.is === 'return') scope.returns.push(placed);
        if (step.is === 'set') set(step.target, placed, scope, inClass);
      }
    }
    return position;
  }

  function set(target: Code, value: Placed, scope: Scope, inClass: ClassCode | undefined): void {
    if (target.is === 'name') {
      if (inClass) addToGroup(inClass.attributes, target.name, value);
      else addToGroup(scope.sets, target.name, value);
      if (!inClass && scope.parent === undefined) addToGroup(program.globals, target.name, value);
    } else if (target.is === 'member') {
      const of = dotted(target.of);
      if (isSelf(of) && scope.owner) addToGroup(scope.owner.attributes, target.name, value);
      else if (of !== undefined) {
        const key: Code = { is: 'text', parts: [target.name], line: 0 };
        addToGroup(scope.entries, of, { ...value, key });
      }
    } else if (target.is === 'item') {
      const of = dotted(target.of);
      if (of !== undefined) addToGroup(scope.entries, of, { ...value, key: target.key });
    }
  }

  function enter(code: FunctionCode, parent: Scope, owner: ClassCode | undefined, isMethod: boolean): void {
    const scope: Scope = {
      ...{ unit: parent.unit, parent, function: code, owner },
      ...{ sets: new Map(), entries: new Map(), returns: [] },
    };
    if (code.name !== '') addToGroup(program.functions, code.name, scope);
    if (isMethod && owner) owner.methods.set(code.name, scope);
    walk(code.body, scope, undefined);
  }

  /** Calls and functions within a code, each once. */
  function look(placed: Placed): void {
    const { code } = placed;
    if (code.is === 'function') enter(code.function, placed.scope, placed.scope.owner, false);
    if (code.is === 'call') program.invocations.push({ ...placed, code });
    if (code.is === 'text' || code.is === 'join') {
      for (const part of within(code)) {
        const name = lastName(part);
        if (name !== undefined) filledIn.add(name);
      }
    }
    for (const inner of within(code)) look({ ...placed, code: inner });
  }

  for (const unit of units) {
    walk(
      unit.steps,
      {
        ...{ unit, parent: undefined, function: undefined, owner: undefined },
        ...{ sets: new Map(), entries: new Map(), returns: [] },
      },
      undefined,
    );
  }
  return program;
}

/** Whether a name is the object that a method belongs to, or its class. */
export function isSelf(name: string | undefined): boolean {
  return name === 'self' || name === 'this' || name === 'cls';
}

/** Whether a method is called with its object as the first parameter. */
export function takesSelf({ function: code }: Scope): boolean {
  return isSelf(code?.parameters[0]?.name);
}
