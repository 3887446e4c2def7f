/** The secure reference API as a stack, watched by the pipeline. */
import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { ShopApi, type ShopApiProps, shopRates } from '../secure-api/index.ts';
import type { Trailgate } from '../trailgate.ts';
import type { DeploymentConfig, ShopConfig } from './deployment-config.ts';

export interface ShopStackProps extends StackProps {
  readonly config: DeploymentConfig;
  readonly trail: Trailgate;
}

export class ShopStack extends Stack {
  readonly shop: ShopApi;

  /** @throws TrailgatePropsError */
  constructor(scope: Construct, id: string, { config, trail, ...props }: ShopStackProps) {
    super(scope, id, props);
    const wanted = typeof config.shop === 'object' ? config.shop : {};
    this.shop = new ShopApi(this, 'Shop', {
      trail,
      name: `${config.name}-shop`,
      alarmTopic: trail.alarmTopic,
      firewall: firewallOf(wanted),
      gatewayAccount: wanted.existingGatewayRole !== true,
      ...(wanted.existingTrail === true && { audit: 'existing' as const }),
      ...(wanted.dataAdmins !== undefined && { dataAdmins: wanted.dataAdmins }),
      removalPolicy: config.keepData === false ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
      reservedConcurrency: config.reservedConcurrency ?? true,
    });
    const { data, url } = this.shop;
    new CfnOutput(this, 'ApiUrl', { description: 'What clients call', value: url });
    new CfnOutput(this, 'SeedCommand', {
      description: 'Makes a first user and articles, and prints the password once',
      value: `npm run -s trailgate -- shop seed --users-table ${data.users.tableName} --inventory-table ${data.inventory.tableName}`,
    });
  }
}

function firewallOf(shop: ShopConfig): NonNullable<ShopApiProps['firewall']> {
  const { blockedCountries, requestsPerAddress, botControl } = shop;
  return {
    ...(blockedCountries !== undefined && { denyCountries: blockedCountries }),
    ...(requestsPerAddress !== undefined && { rates: shopRates(requestsPerAddress) }),
    ...(botControl !== undefined && { bots: botControl }),
  };
}
