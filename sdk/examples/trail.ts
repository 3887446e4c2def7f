import type { Trailgate } from '@trailgate/sdk';

interface Login {
  readonly user: string;
  readonly password: string;
}

export function loginHandler(trailgate: Trailgate, check: (login: Login) => Promise<boolean>) {
  return trailgate.wrap(async (login: Login) => {
    const { user } = login;
    if (await check(login)) {
      trailgate.trail.loginSucceeded({ user });
      return { statusCode: 200 };
    }
    trailgate.trail.event('authn_login_fail', {
      user, // who was tried; the compiler asks for it
      reason: 'wrong password',
      fields: { method: 'password' }, // anything else, redacted
    });
    return { statusCode: 401 };
  });
}
