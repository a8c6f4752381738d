import { notFound } from 'next/navigation'

/** Addresses that lead nowhere get the frame of the site around the bad news. */
export default function MissingPage() {
  notFound()
}
