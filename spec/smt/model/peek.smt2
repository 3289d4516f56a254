; SPDX-License-Identifier: MIT
; operation: peek
; arguments: get-arguments
; result: get-result
; checks: get-check-1 get-check-2 get-check-5 get-check-7 peek-check-1 peek-check-8 peek-check-9
; same answer: peek-check-1+peek-check-8 peek-check-1+peek-check-9
; same walk: (get-returns (get-log-after other) (get-buffer-after other) (get-first result) (get-last result))
; answers alike: (= (get-log-after result) (get-log-after other-result)) (=> (or (not (= outcome EFAULT)) (bvule (walked result) (get-buffer-bytes arguments)) (bvule (get-buffer-bytes arguments) index)) (= (select (get-buffer-after result) index) (select (get-buffer-after other-result) index)))
; example of success: (= before (small-vm 1 true true true page-0)) (= arguments (get-of (log #x0000000000000000 #x00000001 peek-flag #xffffffffffffffff #x0000000000000000) true true true #x0000000000000001 ((as const (Array (_ BitVec 64) (_ BitVec 8))) #x00)))
; example of failure: (= before (small-vm 1 true true true page-0)) (= arguments (get-of (log #x0000000000000000 #x00000001 peek-flag #xffffffffffffffff #x0000000000000000) false true true #x0000000000000001 ((as const (Array (_ BitVec 64) (_ BitVec 8))) #x00)))
; example of a pair: (=> (used before) (or (= before (small-vm 1 true true true page-0)) (= before (small-vm 1 false true true page-0)))) (= (count (get-log arguments)) #x00000001)
; uses: get
; KVM_S390_GET_CMMA_BITS with the flag PEEK (spec/clauses/peek.md). The checks that it shares with GET stand in get.smt2.

; The page at the start does not exist. PEEK-CHECK-1
(define-fun peek-check-1 ((before State) (arguments get-arguments) (result get-result)) Bool
  (not (select (exist before) (get-start arguments))))
(define-fun peek-check-1-answer ((before State) (arguments get-arguments) (after State) (outcome Outcome) (result get-result)) Bool
  (get-fails-at-once before arguments after outcome result EFAULT))

; The walk goes from the start to the count or to the first page that does not exist. PEEK-2
(define-fun peek-walk ((before State) (arguments get-arguments) (result get-result)) Bool
  (let ((start (get-start arguments)) (last (get-last result)))
    (and (= (get-first result) start)
         (bvule start last) (bvule (walked result) (get-limit arguments))
         (forall ((page Gfn)) (=> (between page start last) (select (exist before) page)))
         (or (= (walked result) (get-limit arguments))
             (not (select (exist before) (bvadd last #x0000000000000001))))))) ; sum: PAGE-AFTER-PEEK

; The buffer cannot be written: as with GET, but there are no marks to lose. GET-CHECK-8
(define-fun peek-check-8 ((before State) (arguments get-arguments) (result get-result)) Bool
  (get-check-8 before arguments result))
(define-fun peek-check-8-answer ((before State) (arguments get-arguments) (after State) (outcome Outcome) (result get-result)) Bool
  (and (get-fails arguments outcome result EFAULT) (buffer-after-a-fault arguments result)))

; The struct cannot be written. GET-CHECK-9
(define-fun peek-check-9 ((before State) (arguments get-arguments) (result get-result)) Bool
  (get-check-9 before arguments result))
(define-fun peek-check-9-answer ((before State) (arguments get-arguments) (after State) (outcome Outcome) (result get-result)) Bool
  (and (get-fails arguments outcome result EFAULT)
       (values-are-written before arguments result)))

(define-fun peek-effect ((before State) (arguments get-arguments) (after State) (outcome Outcome) (result get-result)) Bool
  (and (= outcome success)
       (values-are-written before arguments result)
       (get-writes-back after arguments result)))

(define-fun peek ((before State) (arguments get-arguments) (after State) (outcome Outcome) (result get-result)) Bool
  (and (= (flags (get-log arguments)) peek-flag) (= after before)    ; PEEK-3
  (ite (get-check-1 before arguments result) (get-check-1-answer before arguments after outcome result)
  (ite (get-check-2 before arguments result) (get-check-2-answer before arguments after outcome result)
  (ite (get-check-5 before arguments result) (get-check-5-answer before arguments after outcome result)
  (ite (get-check-7 before arguments result) (get-check-7-answer before arguments after outcome result)
  (ite (peek-check-1 before arguments result) (peek-check-1-answer before arguments after outcome result)
  (and (peek-walk before arguments result)
  (ite (peek-check-8 before arguments result) (peek-check-8-answer before arguments after outcome result)
  (ite (peek-check-9 before arguments result) (peek-check-9-answer before arguments after outcome result)
       (peek-effect before arguments after outcome result)))))))))))
