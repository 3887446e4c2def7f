/** Speaks the two calls of KMS that tokens need, and signs with a key that it makes itself. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { type AwsCall, AwsFault, type AwsJsonServer, startAwsJson } from './aws-json-server.ts';

export const KEY_ID = 'arn:aws:kms:eu-west-1:123456789012:key/8a1d2f0e-0000-4000-8000-000000000001';

/** `curve` other than P-256, or `usage` other than signing, is a key that somebody configured by mistake. */
export async function startKms({ curve = 'P-256', usage = 'SIGN_VERIFY' } = {}): Promise<AwsJsonServer> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: curve });
  const answers: Readonly<Record<string, (input: AwsCall['input']) => Record<string, unknown>>> = {
    'TrentService.GetPublicKey': () => ({
      KeyId: KEY_ID,
      PublicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
      KeySpec: 'ECC_NIST_P256',
      KeyUsage: usage,
      SigningAlgorithms: ['ECDSA_SHA_256'],
    }),
    'TrentService.Sign': ({ Message, MessageType, SigningAlgorithm }) => {
      const message = Buffer.from(String(Message), 'base64');
      if (MessageType !== 'RAW' || SigningAlgorithm !== 'ECDSA_SHA_256' || message.length > 4_096) {
        throw new AwsFault(
          'ValidationException',
          'expected a message of 4,096 bytes at most for ECDSA_SHA_256',
        );
      }
      const signature = sign('sha256', message, privateKey).toString('base64');
      return { KeyId: KEY_ID, SigningAlgorithm, Signature: signature };
    },
  };
  return startAwsJson(({ target, input }) => {
    const answer = answers[target];
    if (answer === undefined) throw new AwsFault('UnknownOperationException', target);
    if (input.KeyId !== KEY_ID) throw new AwsFault('NotFoundException', 'there is no such key');
    return answer(input);
  });
}
