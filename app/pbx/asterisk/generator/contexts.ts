/** FILTER's first argument: what may stand in a number, and in a name. A dash not escaped means a range, and is lost. */
const NUMBER = '0-9A-Za-z*#+@._\\-';
const NAME = " 0-9A-Za-z\\x80-\\xff.@&'/()_\\-";

/**
 * The part of the generated dial plan that is the same for every line. It says with UserEvents what AstTapi's old page
 * said, in the syntax of Asterisk 16 to 22: commas, Gosub, hangup handlers.
 *
 * Two rules keep text from outside harmless, and must survive every change here:
 * - It goes through FILTER before it is used. A comma would end the header, a line end would begin a forged event, and
 *   TryExec reads its arguments a second time: `$`, `{` and `[` in a caller's name would be carried out.
 * - It goes through TryExec, because UserEvent ends the call when its text is not UTF-8, such as a name in Latin-1.
 *   No Set takes the name before: Asterisk 16 would log an error each time.
 */
export const CONTEXTS = `; THE LINE of a channel is its name without the call's number at the end:
;   channel  PJSIP/831-0000001f   ->   line  PJSIP/831
; That is what Dial is given, so one name serves for dialling and for events.
;
; THE CALL is known by the Uniqueid of the channel that came to tapi-in or
; tapi-out. Every event names the call and the lines it is for:
;   [~uniqueid&line&line] COMMAND ARGUMENT
; The lines are always named: in a call between two of your users both lines
; know the same Uniqueid, and an event for "all lines" would reach both.

[tapi-line]
; Returns the line of the channel that asks.
exten => s,1,Set(LOCAL(line)=\${CHANNEL})
 same => n,Set(LOCAL(number)=\${POP(line,-)})
 same => n,Return(\${line})

[tapi-in]
; A call comes in, before Dial.
;   ARG1  what Dial will be given: PJSIP/831  or  PJSIP/831&PJSIP/832
;   ARG2  the number that was dialled, for when the trunk does not say
; Leaves in TAPI what tapi-up is to be called with.
exten => s,1,Set(TAPI=\${UNIQUEID}^\${ARG1}^\${TAPI_CALLER})
 ; the phones that ring have it from here: Pickup(<number>@PICKUPMARK)
 same => n,Set(_PICKUPMARK=\${ARG2})
 ; what an earlier Dial in the same call left: tapi-gone goes by it
 same => n,Set(DIALSTATUS=)
 same => n,Set(LOCAL(todo)=\${ARG1})
 same => n(next),Set(LOCAL(line)=\${SHIFT(todo,&)})
 same => n,GotoIf($["\${line}" = ""]?told)
 same => n,UserEvent(TAPI,TAPIEVENT: LINE_NEWCALL \${line})
 same => n,Goto(next)
 ; Text from outside. FILTER lets through what is harmless in an event: no
 ; comma, no line end, nothing that the dial plan would carry out; \\x80-\\xff
 ; is UTF-8. TryExec because UserEvent ends the call when its text is not UTF-8.
 same => n(told),Set(LOCAL(called)=\${FILTER(${NUMBER},\${CALLERID(dnid)})})
 same => n,ExecIf($["\${called}" = ""]?Set(LOCAL(called)=\${FILTER(${NUMBER},\${ARG2})}))
 same => n,Set(LOCAL(to)=[~\${UNIQUEID}&\${ARG1}])
 same => n,TryExec(UserEvent(TAPI,TAPIEVENT: \${to} SET CALLERID \${FILTER(${NUMBER},\${CALLERID(num)})}))
 same => n,TryExec(UserEvent(TAPI,TAPIEVENT: \${to} SET CALLERIDNAME \${FILTER(${NAME},\${CALLERID(name)})}))
 same => n,TryExec(UserEvent(TAPI,TAPIEVENT: \${to} SET CALLEDID \${called}))
 same => n,GotoIf($["\${TAPI_CALLER}" = ""]?ring)
 same => n,UserEvent(TAPI,TAPIEVENT: \${to} SET CALLORIGIN LINECALLORIGIN_INTERNAL)
 same => n(ring),UserEvent(TAPI,TAPIEVENT: \${to} LINE_CALLSTATE LINECALLSTATE_OFFERING)
 same => n,UserEvent(TAPI,TAPIEVENT: \${to} LINE_CALLINFO LINECALLINFOSTATE_CALLERID)
 same => n,Set(CHANNEL(hangup_handler_push)=tapi-gone,s,1(\${ARG1}))
 same => n,Return()

[tapi-up]
; Dial's option U: runs on the phone that answered, or that picked the call
; up. What it needs comes as arguments, because after a pickup the caller's
; variables cannot be reached from here.
;   ARG1  the call   ARG2  the lines that rang   ARG3  the caller's line
exten => s,1,Gosub(tapi-line,s,1)
 same => n,Set(LOCAL(mine)=\${GOSUB_RETVAL})
 same => n,UserEvent(TAPI,TAPIEVENT: [~\${ARG1}&\${mine}] LINE_CALLSTATE LINECALLSTATE_CONNECTED)
 same => n,Gosub(tapi-outup,s,1(\${ARG1},,\${ARG3}))
 ; the others stop ringing
 same => n,Set(LOCAL(todo)=\${ARG2})
 same => n(next),Set(LOCAL(line)=\${SHIFT(todo,&)})
 same => n,GotoIf($["\${line}" = ""]?done)
 same => n,GotoIf($["\${line}" = "\${mine}"]?next)
 same => n,UserEvent(TAPI,TAPIEVENT: [~\${ARG1}&\${line}] LINE_CALLSTATE LINECALLSTATE_HANGUP)
 same => n,Goto(next)
 same => n(done),Set(CHANNEL(hangup_handler_push)=tapi-left,s,1(\${ARG1},\${mine}))
 same => n,Return()

[tapi-left]
; A phone leaves its call; the others may go on talking (transfer).
;   ARG1  the call   ARG2  the phone's line
exten => s,1,UserEvent(TAPI,TAPIEVENT: [~\${ARG1}&\${ARG2}] LINE_CALLSTATE LINECALLSTATE_IDLE)
 same => n,Return()

[tapi-gone]
; The phones of ARG1 have stopped ringing: the caller gave up, nobody answered,
; or all were busy. After an answer it does nothing: then tapi-left tells.
; Runs by itself when the caller hangs up. Call it yourself after Dial when
; the caller goes on, say to voice mail.
exten => s,1,GotoIf($["\${DIALSTATUS}" = "ANSWER"]?back)
 same => n,UserEvent(TAPI,TAPIEVENT: [~\${UNIQUEID}&\${ARG1}] LINE_CALLSTATE LINECALLSTATE_IDLE)
 same => n(back),Return()

[tapi-out]
; One of your phones calls, before anything else.
;   ARG1  the number
; A call that somebody transferred or forwarded here is not a phone calling.
exten => s,1,GotoIf($["\${BLINDTRANSFER}" != ""]?back)
 same => n,GotoIf($["\${CHANNEL:0:6}" = "Local/"]?back)
 same => n,Gosub(tapi-line,s,1)
 same => n,Set(TAPI_CALLER=\${GOSUB_RETVAL})
 same => n,Set(TAPI=\${UNIQUEID}^^\${TAPI_CALLER})
 same => n,Set(LOCAL(called)=\${FILTER(${NUMBER},\${ARG1})})
 same => n,Set(LOCAL(to)=[~\${UNIQUEID}&\${TAPI_CALLER}])
 same => n,UserEvent(TAPI,TAPIEVENT: LINE_NEWCALL \${TAPI_CALLER})
 same => n,UserEvent(TAPI,TAPIEVENT: \${to} SET CALLORIGIN LINECALLORIGIN_OUTBOUND)
 same => n,TryExec(UserEvent(TAPI,TAPIEVENT: \${to} SET CALLEDID \${called}))
 same => n,UserEvent(TAPI,TAPIEVENT: \${to} LINE_CALLSTATE LINECALLSTATE_DIALING)
 same => n,UserEvent(TAPI,TAPIEVENT: \${to} LINE_CALLSTATE LINECALLSTATE_PROCEEDING)
 same => n,Set(CHANNEL(hangup_handler_push)=tapi-left,s,1(\${UNIQUEID},\${TAPI_CALLER}))
 same => n(back),Return()

[tapi-outup]
; Dial's option U for a call to the outside: runs on the far end's channel.
;   ARG1  the call   ARG3  the caller's line, if it is one of yours
exten => s,1,GotoIf($["\${ARG3}" = ""]?back)
 same => n,UserEvent(TAPI,TAPIEVENT: [~\${ARG1}&\${ARG3}] LINE_CALLSTATE LINECALLSTATE_CONNECTED)
 same => n(back),Return()

[tapi-failed]
; After Dial, when the far end did not answer.
exten => s,1,GotoIf($["\${TAPI_CALLER}" = ""]?back)
 same => n,Set(LOCAL(to)=[~\${UNIQUEID}&\${TAPI_CALLER}])
 same => n,Set(LOCAL(state)=\${IF($["\${DIALSTATUS}" = "BUSY"]?BUSY:DISCONNECTED)})
 same => n,UserEvent(TAPI,TAPIEVENT: \${to} LINE_CALLSTATE LINECALLSTATE_\${state})
 same => n(back),Return()
`;
