/** What every page of the site knows about the shop. */
export type Site = {
  shopName: string
  headline: string
  intro: string
  seller: string
  support: { label: string; href: string | null } | null
  /** The address of the owner's logo; null: our own mark. */
  logo: string | null
  bot: string
  botLink: string
  /** How the shop takes money in browsers, besides Stars. */
  payment: { takesCards: boolean }
}
