// The demo customers, and what Reqio is to make of them.

export interface Customer {
  name: string;
  email: string;
  plan: string;
  /** What is billed, in cents. */
  amount: number;
  interval: "month" | "year";
  /** What they are worth a month, in cents. */
  monthly: number;
}

export const PASSWORD = "reqio-demo";

export const FREE: Customer = {
  name: "Frida Free",
  email: "free@acme.test",
  plan: "free",
  amount: 0,
  interval: "month",
  monthly: 0,
};

export const PRO: Customer = {
  name: "Paul Pro",
  email: "pro@acme.test",
  plan: "pro",
  amount: 2_900,
  interval: "month",
  monthly: 2_900,
};

export const SCALE: Customer = {
  name: "Stella Scale",
  email: "scale@acme.test",
  plan: "scale",
  amount: 99_000,
  interval: "year",
  monthly: 8_250,
};

export const CUSTOMERS = [FREE, PRO, SCALE];
