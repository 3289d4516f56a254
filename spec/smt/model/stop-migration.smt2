; SPDX-License-Identifier: MIT
; operation: stop-migration
; arguments: Nothing
; result: Nothing
; fails: never
; checks: stop-migration-1
; example of success: (= before (small-vm 1 true true true page-0))
; state after it: (= after (small-vm 1 true true false no-page))
; uses: state
; Stopping migration mode (spec/clauses/stop-migration.md).

; It is off: success, and nothing changes. STOP-MIGRATION-1
(define-fun stop-migration-1 ((before State) (arguments Nothing) (result Nothing)) Bool
  (not (migrating before)))
(define-fun stop-migration-1-answer
  ((before State) (arguments Nothing) (after State) (outcome Outcome) (result Nothing)) Bool
  (ends-at-once before after outcome success))

; What it never changes.
(define-fun stop-migration-keeps ((before State) (after State)) Bool
  (and (keeps-host before after) (keeps-vcpus before after) (keeps-enabled before after) (keeps-used before after)
       (keeps-slots before after) (keeps-attributes before after) (keeps-content before after)))

; The marks go with the mode. STOP-MIGRATION-2
(define-fun stop-migration ((before State) (arguments Nothing) (after State) (outcome Outcome) (result Nothing)) Bool
  (and (stop-migration-keeps before after)
  (ite (stop-migration-1 before arguments result) (stop-migration-1-answer before arguments after outcome result)
       (and (= outcome success) (migration-stops after)))))
