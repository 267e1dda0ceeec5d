// Style sheets are imported for their effect only: the build gathers them into one file for each page.
declare module '*.css';
