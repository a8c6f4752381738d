/** Import this first: Next's request scope insists on being prepared before anything of it loads. */
import 'next/dist/server/node-environment-baseline'
