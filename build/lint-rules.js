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

const SHOWN_ATTRIBUTES = new Set([
  'label',
  'title',
  'placeholder',
  'description',
  'aria-label',
  'alt',
  'confirmLabel',
  'saveLabel',
  'header',
  'message',
]);
const HAS_WORD = /\p{L}{2}/u;

/**
 * Words on a screen come from the catalogue: inside `<Trans>`, or by the macro `t`.
 * @type {import('eslint').Rule.RuleModule}
 */
export const bareText = {
  meta: { type: 'problem', schema: [], messages: { bare: 'Words on a screen go through the catalogue: <Trans> or t`…`.' } },
  create(context) {
    /** @param {any} node */
    const isTranslated = (node) => {
      for (let at = node.parent; at; at = at.parent) {
        if (at.type === 'JSXElement' && ['Trans', 'Plural', 'code', 'Code', 'Kbd'].includes(at.openingElement.name.name)) return true;
      }
      return false;
    };
    return {
      JSXText(/** @type {any} */ node) {
        if (HAS_WORD.test(node.value) && !isTranslated(node)) context.report({ node, messageId: 'bare' });
      },
      'JSXAttribute > Literal[value]'(/** @type {any} */ node) {
        const { name } = node.parent;
        if (typeof node.value === 'string' && SHOWN_ATTRIBUTES.has(String(name.name)) && HAS_WORD.test(node.value))
          context.report({ node, messageId: 'bare' });
      },
    };
  },
};
