/** The self-check page of a lab: a folder for any web server, in which a browser does what `labproof check` does. */
export { selfCheckSite } from './self-check-site.ts';
