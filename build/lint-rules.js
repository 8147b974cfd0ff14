// Lint rules of the house that need to know a value's type.

/**
 * Reports calls of `.name()` whose object has a type that the test accepts.
 * @param {string} name
 * @param {(type: import('typescript').Type, checker: import('typescript').TypeChecker) => boolean} isRefused
 * @param {string} message
 * @returns {import('eslint').Rule.RuleModule}
 */
function refuseMethod(name, isRefused, message) {
  return {
    meta: { type: 'problem', schema: [], messages: { refused: message } },
    create(context) {
      const services = /** @type {any} */ (context.sourceCode.parserServices);
      return {
        [`CallExpression > MemberExpression[property.name='${name}']`](/** @type {any} */ node) {
          if (isRefused(services.getTypeAtLocation(node.object), services.program.getTypeChecker())) {
            context.report({ node, messageId: 'refused' });
          }
        },
      };
    },
  };
}

export const numberToFixed = refuseMethod(
  'toFixed',
  (type, checker) => checker.typeToString(checker.getBaseTypeOfLiteralType(type)) === 'number',
  'toFixed of a number rounds a binary fraction: use a Decimal or Cents.',
);

export const repositorySave = refuseMethod(
  'save',
  (type) => ['Repository', 'EntityManager', 'BaseEntity'].includes(type.getSymbol()?.name ?? ''),
  'save() begins a transaction of its own: use insert, update or delete on `tx`.',
);
