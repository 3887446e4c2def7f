/** Reads from the environment which hosts belong to the platform; the only place of propagation that reads it. */

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the X-Ray daemon listens when the platform does not say (X-Ray SDK, "Configuring the daemon address"). */
const XRAY_DAEMON = '127.0.0.1:2000';

/** `host:port` of the Runtime API and of the X-Ray daemon, which may be given as `tcp:host:port udp:host:port`. */
export function platformHosts(env: Environment = process.env): readonly string[] {
  const daemon = (env.AWS_XRAY_DAEMON_ADDRESS ?? '').split(/\s+/);
  return [
    env.AWS_LAMBDA_RUNTIME_API ?? '',
    XRAY_DAEMON,
    ...daemon.map((part) => part.replace(/^(?:tcp|udp):/, '')),
  ]
    .map((host) => host.trim().toLowerCase())
    .filter((host) => host !== '');
}
