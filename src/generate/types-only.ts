import { Problem } from '../problem.js';

/**
 * Demands that a module declares types and does nothing else, so that nothing of it runs. The generator of types writes
 * some texts of a contract, such as the beginning of a reference, as they are.
 * @throws Problem that names the first statement that is no type.
 */
export async function demandTypesOnly(typescript: string): Promise<void> {
  const { default: ts } = await import('typescript');
  const source = ts.createSourceFile('api.ts', typescript, ts.ScriptTarget.ESNext, false, ts.ScriptKind.TS);
  const other = source.statements.find(
    (statement) => !ts.isInterfaceDeclaration(statement) && !ts.isTypeAliasDeclaration(statement),
  );
  if (!other) return;
  const line = source.getLineAndCharacterOfPosition(other.getStart(source)).line + 1;
  throw new Problem(
    'CONFORM_E_TYPES_NOT_GENERATED',
    'types cannot be generated from this contract: one of its texts would become code',
    {
      remedy: `Look for references ($ref) with other characters than those of a name; line ${line} of the types would be: ${JSON.stringify(other.getText(source).slice(0, 60))}.`,
    },
  );
}
