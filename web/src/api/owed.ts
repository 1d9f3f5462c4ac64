/** A logout that the service has not heard of: a mark in this browser, so that it is made up for when there is a network. */

const MARK = 'gridsvc-logout-owed'

export const oweLogout = (): void => localStorage.setItem(MARK, 'yes')

export const isLogoutOwed = (): boolean => localStorage.getItem(MARK) !== null

/** After a logout, and after a login, which ends the session that the browser had before. */
export const settleLogout = (): void => localStorage.removeItem(MARK)
