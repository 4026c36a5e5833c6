// The type of the rule, for its test.
import type { Rule } from 'eslint';

declare const rule: Rule.RuleModule;
export default rule;
