/** The routes of service `orders`, the API's public face, in the groups that have a function of their own on AWS. */
import type { Routes } from '../http/router.ts';
import { type LoginPorts, login } from './login.ts';
import { type PlaceOrderPorts, placeOrder } from './place-order.ts';
import {
  type AdminOrdersPorts,
  listAllOrders,
  listOrders,
  type ReadOrdersPorts,
  showOrder,
} from './read-orders.ts';

export function loginRoutes(ports: LoginPorts): Routes {
  return { 'POST /login': login(ports) };
}

export function readOrdersRoutes(ports: ReadOrdersPorts): Routes {
  return { 'GET /orders': listOrders(ports), 'GET /orders/{id}': showOrder(ports) };
}

export function placeOrderRoutes(ports: PlaceOrderPorts): Routes {
  return { 'POST /orders': placeOrder(ports) };
}

export function adminOrdersRoutes(ports: AdminOrdersPorts): Routes {
  return { 'GET /admin/orders': listAllOrders(ports) };
}
