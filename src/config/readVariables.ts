import { ConfigError } from './ConfigError.js';
import { countEdits, suggestName } from './suggestName.js';
import { variableList, variables, type ConfigVariable, type VariableName } from './variables.js';

/** The environment of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

type Read<Name extends VariableName> = ReturnType<(typeof variables)[Name]['read']>;

/** The values of all variables; undefined where one is neither set nor has a fallback. */
export type VariableValues = {
  readonly [Name in VariableName]: (typeof variables)[Name] extends { readonly fallback: string }
    ? Read<Name>
    : Read<Name> | undefined;
};

const longestShown = 60;

/** A value as it may be shown in an error: on one line, of bounded length, without the password of a URL. */
function showValue(value: string): string {
  if (/\/\/[^/]*@/.test(value)) return 'the value';
  return JSON.stringify(value.length > longestShown ? `${value.slice(0, longestShown)}…` : value);
}

function readVariable(name: string, variable: ConfigVariable, environment: Environment): unknown {
  // An empty variable is what compose files and shells make of one that nobody set.
  const given = [name, variable.alias ?? name]
    .map((each) => environment[each]?.trim())
    .find((each) => each !== undefined && each !== '');
  const value = given ?? variable.fallback;
  if (value === undefined) return undefined;
  try {
    return variable.read(value);
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'cannot be read';
    throw new ConfigError(name, variable.secret === true ? `the value ${problem}` : `${showValue(value)} ${problem}`);
  }
}

/** Variables of clients of the gateway: its command line, and `npm run example`. Who has set them for good may start it too. */
const ofClients = ['GATEWAY_TOKEN', 'GATEWAY_URL'];

/**
 * Other programs set variables too. An unknown one is meant for us where it begins like ours alone, or where a single
 * slip makes it one of ours; a single word may be anybody's.
 */
function isMeantForUs(name: string, known: readonly string[]): boolean {
  if (/^(GATEWAY|GRAPH)_/.test(name)) return !ofClients.includes(name);
  return name.includes('_') && known.some((own) => own.includes('_') && countEdits(name, own) === 1);
}

function refuseUnknown(environment: Environment): void {
  const known = variableList.map(([name]) => name);
  for (const name of Object.keys(environment)) {
    if (Object.hasOwn(variables, name) || !isMeantForUs(name, known)) continue;
    const suggestion = suggestName(name, known);
    throw new ConfigError(
      JSON.stringify(name).slice(1, -1),
      suggestion === undefined ? 'no such variable' : `no such variable; did you mean ${suggestion}?`,
    );
  }
}

/** Reads every variable of the table. Raises a ConfigError for the first that is unknown or cannot be read. */
export function readVariables(environment: Environment): VariableValues {
  refuseUnknown(environment);
  const entries = variableList.map(([name, variable]) => [name, readVariable(name, variable, environment)] as const);
  return Object.fromEntries(entries) as VariableValues;
}
