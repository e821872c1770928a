/** By itself, so that loading the kinds when they are asked for loads no more of the grader than they need. */
export { checkKinds } from '@labproof/grader';
