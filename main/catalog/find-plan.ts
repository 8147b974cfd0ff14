import { In, IsNull } from 'typeorm';
import type { Page } from '../../shared/page.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { plans, type Plan } from '../database/tables/catalog.ts';
import { subscriptions } from '../database/tables/customers.ts';
import type { Listed } from './listed.ts';

/** The living plan with this code; private copies are found through their subscription only. */
export async function findPlan(db: ReadDatabase, organizationId: string, code: string): Promise<Plan | null> {
  return db.manager.findOneBy(plans, { organizationId, code, parentId: IsNull(), deletedAt: IsNull() });
}

/** Newest first, without private copies. */
export async function listPlans(db: ReadDatabase, organizationId: string, page: Page): Promise<Listed<Plan>> {
  const [rows, totalCount] = await db.manager.findAndCount(plans, {
    where: { organizationId, parentId: IsNull(), deletedAt: IsNull() },
    order: { createdAt: 'DESC', sequence: 'DESC' },
    skip: page.offset,
    take: page.limit,
  });
  return { rows, totalCount };
}

/** The private copies that plan overrides made of a plan, oldest first. */
export async function findPlanCopies(db: ReadDatabase, planId: string): Promise<readonly Plan[]> {
  return db.manager.find(plans, { where: { parentId: planId, deletedAt: IsNull() }, order: { sequence: 'ASC' } });
}

/** Whether any subscription, ended ones included, is or was on the plan or on a copy of it. */
export async function isPlanInUse(db: ReadDatabase, planId: string): Promise<boolean> {
  const copies = await db.manager.find(plans, { where: { parentId: planId }, select: { id: true } });
  return db.manager.existsBy(subscriptions, { planId: In([planId, ...copies.map((copy) => copy.id)]) });
}
