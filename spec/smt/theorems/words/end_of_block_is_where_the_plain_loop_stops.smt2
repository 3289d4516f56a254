; SPDX-License-Identifier: MIT
; guarantee: G4, G5
; claim: For a word of marks and a number of clean pages before it, it is where a loop over the 64 pages, with a count of clean pages in a row, finds the block closed.
; function: Words.EndOfBlock
; expect: unsat
; uses: bit-vectors words
; cvc5 options: --bitblast=eager
; breakage: words.smt2: "(as-long (words-trailing-zero-count marks))) #x0000000000000010)" -> "(as-long (words-trailing-zero-count marks))) #x0000000000000011)"
; breakage: words.smt2: "(words-trailing-zero-count (words-starts-of-16 (bvnot marks)))" -> "(bvadd #x00000001 (words-trailing-zero-count (words-starts-of-16 (bvnot marks))))"
; The bit at a position.
(define-fun bit ((word Word) (position Number)) Bool
  (= ((_ extract 0 0) (bvlshr word ((_ zero_extend 32) position))) #b1))
(declare-const marks Word)
(declare-const clean-before (_ BitVec 64))
;? (assert (= marks #x0000000000000002))
;? (assert (or (= clean-before #x000000000000000e) (= clean-before #x000000000000000f)))
; At least -63, and less than memory has pages; below 0 the block begins in this word, at or before its first page.
(assert (and (bvsge clean-before #xffffffffffffffc1) (bvslt clean-before #x0010000000000000)))
(assert (=> (bvslt clean-before #x0000000000000000) (bit marks #x00000000)))

; The loop: which page is next, how many clean pages in a row lie before it, and the end of the block, or 64 as long as none is found.
; 16 clean pages in a row close the block: it ends before the first of them, or before the word if that lies before it. GET-BLOCK-4
(define-sort Loop () (_ BitVec 24))
(define-fun loop-page ((l Loop)) (_ BitVec 8) ((_ extract 23 16) l))
(define-fun loop-clean ((l Loop)) (_ BitVec 8) ((_ extract 15 8) l))
(define-fun loop-end ((l Loop)) (_ BitVec 8) ((_ extract 7 0) l))
(define-fun with-end ((page (_ BitVec 8)) (clean (_ BitVec 8)) (end (_ BitVec 8))) Loop
  (concat page clean
    (ite (and (= end #x40) (= clean #x10)) (ite (bvult page #x10) #x00 (bvsub page #x10)) end)))
(define-fun one-page ((l Loop)) Loop
  (with-end (bvadd (loop-page l) #x01)
            (ite (bit marks ((_ zero_extend 24) (loop-page l))) #x00 (bvadd (loop-clean l) #x01))
            (loop-end l)))
(define-fun four-pages ((l Loop)) Loop (one-page (one-page (one-page (one-page l)))))
(define-fun sixteen-pages ((l Loop)) Loop (four-pages (four-pages (four-pages (four-pages l)))))
(define-fun sixty-four-pages ((l Loop)) Loop (sixteen-pages (sixteen-pages (sixteen-pages (sixteen-pages l)))))
; Before the word: more than 16 clean pages close a block like 16, and pages of the block itself are not clean.
(define-fun clean-at-first () (_ BitVec 8)
  (ite (bvslt clean-before #x0000000000000000) #x00
  (ite (bvsgt clean-before #x0000000000000010) #x10 ((_ extract 7 0) clean-before))))
(define-fun end-of-loop () Number
  ((_ zero_extend 24) (loop-end (sixty-four-pages (with-end #x00 clean-at-first #x40)))))
; refute
(assert (not (= (words-end-of-block marks clean-before) end-of-loop)))
(check-sat)
