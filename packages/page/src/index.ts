/** The self-check page of a lab: a folder for any web server, in which a browser does what `labproof check` does. */
export { selfCheckSite, type SiteFile } from './self-check-site.ts';
