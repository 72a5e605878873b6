import { describe, expect, it } from '@jest/globals';
import { wordError } from '../../src/cli/wordError.js';

describe('an error in one line', () => {
  it('has the permission to grant, and when to ask again', () => {
    const extensions = {
      code: 'FORBIDDEN',
      permission: { explanation: 'Grant the delegated permission User.Read.All.' },
      retryAfterSeconds: 30,
    };
    expect(wordError({ message: 'Not allowed.', path: ['users', 'nodes', 1], extensions })).toBe(
      'FORBIDDEN: Not allowed (users.nodes.1). Grant the delegated permission User.Read.All. Ask again after 30 s.',
    );
  });

  it('does not say twice what Graph said, and stays one line', () => {
    const extensions = { code: 'BAD_USER_INPUT', graph: { message: 'Wrong id.' } };
    expect(wordError({ message: 'Graph refused it:\nWrong id.', extensions })).toBe(
      'BAD_USER_INPUT: Graph refused it: Wrong id.',
    );
    expect(wordError({ message: 'It ends' })).toBe('It ends.');
  });
});
