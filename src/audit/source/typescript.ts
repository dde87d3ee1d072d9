import type TypeScript from 'typescript';
import {
  NOTHING,
  type Argument,
  type Arm,
  type Code,
  type FunctionCode,
  type Parameter,
  type RecordMember,
  type Step,
} from './code.js';

/**
 * Reads what a file of TypeScript or JavaScript does, as far as the audit looks at it, from the tree that the compiler makes
 * of it. What is broken in the file is left out of that tree.
 * @param ts the compiler; it is large, and loaded only where there is such a file
 */
export function parseTypeScript(ts: typeof TypeScript, name: string, text: string): Step[] {
  const kind = /\.[cm]?ts$/.test(name) ? ts.ScriptKind.TS : ts.ScriptKind.TSX;
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, false, kind);
  let statements = 0;

  const lineOf = (node: TypeScript.Node): number =>
    source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;

  function stepsOf(nodes: readonly TypeScript.Node[], arms: readonly Arm[]): Step[] {
    return nodes.flatMap((node) => stepOf(node, arms));
  }

  function stepOf(node: TypeScript.Node, arms: readonly Arm[]): Step[] {
    if (ts.isBlock(node)) return stepsOf(node.statements, arms);
    if (ts.isModuleBlock(node)) return stepsOf(node.statements, arms);
    if (ts.isModuleDeclaration(node)) return node.body ? stepOf(node.body, arms) : [];
    if (ts.isVariableStatement(node)) return declared(node.declarationList, arms);
    if (ts.isVariableDeclarationList(node)) return declared(node, arms);
    if (ts.isExpressionStatement(node)) return expressionSteps(node.expression, arms);
    if (ts.isReturnStatement(node)) {
      return [{ is: 'return', value: node.expression ? codeOf(node.expression) : NOTHING, arms }];
    }
    if (ts.isFunctionDeclaration(node)) {
      return [{ is: 'function', function: functionOf(node, node.name?.text ?? ''), arms }];
    }
    if (ts.isClassDeclaration(node)) return [classOf(node, arms)];
    if (ts.isIfStatement(node)) {
      const statement = (statements += 1);
      return [
        { is: 'run', value: codeOf(node.expression), arms },
        ...stepOf(node.thenStatement, [...arms, { statement, arm: 0 }]),
        ...(node.elseStatement
          ? stepOf(node.elseStatement, [...arms, { statement, arm: 1, otherwise: true }])
          : []),
      ];
    }
    if (ts.isSwitchStatement(node)) {
      const statement = (statements += 1);
      return [
        { is: 'run', value: codeOf(node.expression), arms },
        ...node.caseBlock.clauses.flatMap((clause, arm) =>
          stepsOf(clause.statements, [...arms, { statement, arm }]),
        ),
      ];
    }
    if (ts.isForOfStatement(node)) {
      const own = [...arms, { statement: (statements += 1), arm: 0 }];
      const value: Code = { is: 'item', of: codeOf(node.expression), key: NOTHING };
      const names = ts.isVariableDeclarationList(node.initializer)
        ? node.initializer.declarations.flatMap(({ name: target }) => bound(target, value, own))
        : [];
      return [...names, ...stepOf(node.statement, own)];
    }
    if (ts.isTryStatement(node)) {
      const statement = (statements += 1);
      return [
        ...stepOf(node.tryBlock, [...arms, { statement, arm: 0 }]),
        ...(node.catchClause ? stepOf(node.catchClause.block, [...arms, { statement, arm: 1 }]) : []),
        ...(node.finallyBlock ? stepOf(node.finallyBlock, arms) : []),
      ];
    }
    if (ts.isExportAssignment(node)) {
      const target: Code = { is: 'name', name: 'default' };
      return [{ is: 'set', target, value: codeOf(node.expression), arms }];
    }
    if (ts.isImportDeclaration(node)) return importedNames(node, arms);
    if (ts.isTypeAliasDeclaration(node) || ts.isInterfaceDeclaration(node)) return [];
    // Loops and the like: what they hold is done under a condition.
    const own = [...arms, { statement: (statements += 1), arm: 0 }];
    const steps: Step[] = [];
    ts.forEachChild(node, (child) => {
      if (ts.isExpression(child)) steps.push(...expressionSteps(child, own));
      else steps.push(...stepOf(child, own));
    });
    return steps;
  }

  function importedNames(node: TypeScript.ImportDeclaration, arms: readonly Arm[]): Step[] {
    const bindings = node.importClause?.namedBindings;
    if (!bindings || !ts.isNamedImports(bindings)) return [];
    return bindings.elements.flatMap(({ name: local, propertyName }): Step[] =>
      propertyName ? [{ is: 'set', target: nameOf(local.text), value: nameOf(propertyName.text), arms }] : [],
    );
  }

  function declared(list: TypeScript.VariableDeclarationList, arms: readonly Arm[]): Step[] {
    return list.declarations.flatMap(({ name: target, initializer }) =>
      initializer ? bound(target, codeOf(initializer, ts.isIdentifier(target) ? target.text : ''), arms) : [],
    );
  }

  /** A name, or the names of a pattern such as `const { data } = …`. */
  function bound(target: TypeScript.BindingName, value: Code, arms: readonly Arm[]): Step[] {
    if (ts.isIdentifier(target)) {
      if (value.is === 'function')
        return [{ is: 'function', function: { ...value.function, name: target.text }, arms }];
      return [{ is: 'set', target: nameOf(target.text), value, arms }];
    }
    // What is taken apart is made once.
    const whole = value.is === 'name' ? value : nameOf(`{${target.pos}}`);
    const steps: Step[] = value === whole ? [] : [{ is: 'set', target: whole, value, arms }];
    for (const element of target.elements) {
      if (!ts.isBindingElement(element)) continue;
      const key = element.propertyName ?? element.name;
      if (!ts.isIdentifier(key)) continue;
      const member: Code = { is: 'member', of: whole, name: key.text };
      const given: Code = element.initializer
        ? { is: 'first', options: [member, codeOf(element.initializer)] }
        : member;
      steps.push(...bound(element.name, given, arms));
    }
    return steps;
  }

  function expressionSteps(node: TypeScript.Expression, arms: readonly Arm[]): Step[] {
    if (ts.isBinaryExpression(node)) {
      const operator = node.operatorToken.kind;
      const target = codeOf(node.left);
      const value = codeOf(node.right);
      if (operator === ts.SyntaxKind.EqualsToken) return assigned(target, value, arms);
      if (operator === ts.SyntaxKind.PlusEqualsToken) {
        return [{ is: 'set', target, value: { is: 'join', parts: [target, value] }, arms }];
      }
    }
    return [{ is: 'run', value: codeOf(node), arms }];
  }

  function assigned(target: Code, value: Code, arms: readonly Arm[]): Step[] {
    if (value.is !== 'function') return [{ is: 'set', target, value, arms }];
    const name = target.is === 'name' || target.is === 'member' ? target.name : '';
    return [{ is: 'function', function: { ...value.function, name }, arms }];
  }

  function classOf(node: TypeScript.ClassLikeDeclaration, arms: readonly Arm[]): Step {
    const bases = (node.heritageClauses ?? []).flatMap(({ types }) =>
      types.map(({ expression }) => codeOf(expression)),
    );
    const body = node.members.flatMap((member): Step[] => {
      const key = member.name && ts.isIdentifier(member.name) ? member.name.text : '';
      if (ts.isPropertyDeclaration(member) && member.initializer) {
        const value = codeOf(member.initializer, key);
        if (value.is === 'function')
          return [{ is: 'function', function: { ...value.function, name: key }, arms: [] }];
        return [{ is: 'set', target: nameOf(key), value, arms: [] }];
      }
      if (ts.isMethodDeclaration(member) || ts.isConstructorDeclaration(member) || ts.isAccessor(member)) {
        const found = functionOf(member, ts.isConstructorDeclaration(member) ? 'constructor' : key);
        const own = ts.isConstructorDeclaration(member) ? heldParameters(member) : [];
        return [{ is: 'function', function: { ...found, body: [...own, ...found.body] }, arms: [] }];
      }
      return [];
    });
    return { is: 'class', name: node.name?.text ?? '', bases, body, arms };
  }

  /** `constructor(private readonly base = 'x')` sets `this.base`. */
  function heldParameters(node: TypeScript.ConstructorDeclaration): Step[] {
    return node.parameters.flatMap(({ name: parameter, modifiers }): Step[] =>
      modifiers && ts.isIdentifier(parameter)
        ? [
            {
              is: 'set',
              target: { is: 'member', of: nameOf('this'), name: parameter.text },
              value: nameOf(parameter.text),
              arms: [],
            },
          ]
        : [],
    );
  }

  function functionOf(
    node: TypeScript.SignatureDeclaration & { body?: TypeScript.Node | undefined },
    called: string,
  ): FunctionCode {
    const parameters = node.parameters.flatMap((parameter): Parameter[] => {
      const fallback = parameter.initializer ? codeOf(parameter.initializer) : undefined;
      return [{ name: ts.isIdentifier(parameter.name) ? parameter.name.text : '', fallback }];
    });
    // `function f({ method, path })` takes its names from one argument.
    const patterns = node.parameters.flatMap(({ name: pattern }, index): Step[] => {
      if (ts.isIdentifier(pattern)) return [];
      const whole = `{${index}}`;
      const parameter = parameters[index];
      if (parameter) parameter.name = whole;
      return bound(pattern, nameOf(whole), []);
    });
    const body = node.body;
    const steps =
      body === undefined
        ? []
        : ts.isBlock(body)
          ? stepsOf(body.statements, [])
          : ts.isExpression(body)
            ? [{ is: 'return' as const, value: codeOf(body), arms: [] }]
            : [];
    const decorators = ts.canHaveDecorators(node) ? (ts.getDecorators(node) ?? []) : [];
    return {
      name: called,
      parameters,
      body: [...patterns, ...steps],
      decorators: decorators.map(({ expression }) => codeOf(expression)),
      line: lineOf(node),
    };
  }

  function codeOf(node: TypeScript.Node, called = ''): Code {
    if (ts.isParenthesizedExpression(node) || ts.isAwaitExpression(node) || ts.isNonNullExpression(node)) {
      return codeOf(node.expression, called);
    }
    if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isTypeAssertionExpression(node)) {
      return codeOf(node.expression, called);
    }
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
      return { is: 'text', parts: node.text === '' ? [] : [node.text], line: lineOf(node) };
    }
    if (ts.isTemplateExpression(node)) {
      const parts = node.templateSpans.flatMap(({ expression, literal }) => [
        codeOf(expression),
        literal.text,
      ]);
      return {
        is: 'text',
        parts: [node.head.text, ...parts].filter((part) => part !== ''),
        line: lineOf(node),
      };
    }
    if (ts.isIdentifier(node)) return node.text === 'undefined' ? NOTHING : nameOf(node.text);
    if (node.kind === ts.SyntaxKind.ThisKeyword) return nameOf('this');
    if (node.kind === ts.SyntaxKind.SuperKeyword) return nameOf('super');
    if (ts.isPropertyAccessExpression(node)) {
      // `import.meta.env` is no name of the code.
      return { is: 'member', of: codeOf(node.expression), name: node.name.text };
    }
    if (ts.isElementAccessExpression(node)) {
      return { is: 'item', of: codeOf(node.expression), key: codeOf(node.argumentExpression) };
    }
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      const given = (node.arguments ?? []).map((argument): Argument => {
        if (ts.isSpreadElement(argument)) return { name: '**', value: codeOf(argument.expression) };
        return { value: codeOf(argument) };
      });
      return { is: 'call', callee: codeOf(node.expression), arguments: given, line: lineOf(node) };
    }
    if (ts.isConditionalExpression(node)) {
      const condition: Code = { is: 'other', inner: [codeOf(node.condition)] };
      return { is: 'either', options: [codeOf(node.whenTrue), codeOf(node.whenFalse), condition] };
    }
    if (ts.isBinaryExpression(node)) {
      const sides = [codeOf(node.left), codeOf(node.right)];
      const operator = node.operatorToken.kind;
      if (operator === ts.SyntaxKind.PlusToken) return { is: 'join', parts: sides };
      if (operator === ts.SyntaxKind.AmpersandAmpersandToken) return { is: 'either', options: sides };
      const isChoice =
        operator === ts.SyntaxKind.BarBarToken || operator === ts.SyntaxKind.QuestionQuestionToken;
      return isChoice ? { is: 'first', options: sides } : { is: 'other', inner: sides };
    }
    if (ts.isObjectLiteralExpression(node)) return { is: 'record', members: node.properties.map(memberOf) };
    if (ts.isArrayLiteralExpression(node))
      return { is: 'list', items: node.elements.map((item) => codeOf(item)) };
    if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) {
      return { is: 'function', function: functionOf(node, called) };
    }
    if (ts.isClassExpression(node)) {
      const body: Step[] = [classOf(node, [])];
      const line = lineOf(node);
      return { is: 'function', function: { name: '', parameters: [], body, decorators: [], line } };
    }
    const inner: Code[] = [];
    ts.forEachChild(node, (child) => {
      if (!ts.isTypeNode(child) && !ts.isToken(child)) inner.push(codeOf(child));
      else if (ts.isStringLiteral(child) || ts.isIdentifier(child)) inner.push(codeOf(child));
    });
    return { is: 'other', inner };
  }

  function memberOf(property: TypeScript.ObjectLiteralElementLike): RecordMember {
    if (ts.isSpreadAssignment(property)) return { name: undefined, value: codeOf(property.expression) };
    const { name: key } = property;
    const called = ts.isIdentifier(key) || ts.isStringLiteralLike(key) ? key.text : undefined;
    if (ts.isPropertyAssignment(property))
      return { name: called, value: codeOf(property.initializer, called) };
    if (ts.isShorthandPropertyAssignment(property))
      return { name: called, value: nameOf(property.name.text) };
    return { name: called, value: { is: 'function', function: functionOf(property, called ?? '') } };
  }

  return stepsOf(source.statements, []);
}

function nameOf(name: string): Code {
  return { is: 'name', name };
}
