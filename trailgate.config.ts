/** What `npm run deploy` puts into an AWS account; every field is described in infra/aws/stack/deployment-config.ts. */
import { defineConfig } from './infra/aws/stack/deployment-config.ts';

export default defineConfig({
  name: 'trailgate',
  region: 'us-east-1',
  size: 'dev',
  requestsPerSecond: 20,
  shop: true,
});
